namespace Diabetes.Actors;

/// <summary>
/// Where a cell stands between its mailbox and the thread pool. Producers move it out of <see cref="Idle"/>, <see cref="Born"/> and
/// <see cref="Suspended"/>; out of the others only the cell's own run does.
/// </summary>
internal static class ActorState
{
    /// <summary>Not scheduled, slot empty, queue empty.</summary>
    public const int Idle = 0;

    /// <summary>Scheduled for its creation, slot still empty.</summary>
    public const int Born = 1;

    /// <summary>Scheduled or running, with a message in the slot (or just about to be).</summary>
    public const int SlotFilled = 2;

    /// <summary>Scheduled or running; what comes now goes through the queue.</summary>
    public const int Busy = 3;

    /// <summary>Not scheduled; user messages wait, system messages schedule.</summary>
    public const int Suspended = 4;

    /// <summary>Stopped.</summary>
    public const int Closed = 5;
}
