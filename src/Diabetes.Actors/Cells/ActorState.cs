namespace Diabetes.Actors;

/// <summary>
/// Where a cell stands between its mailbox and the thread pool. Producers move it out of <see cref="Idle"/>, <see cref="Born"/> and
/// <see cref="Suspended"/>; out of the others only the cell's own run does.
/// </summary>
internal enum ActorState : byte
{
    /// <summary>Not scheduled, slot empty, queue empty.</summary>
    Idle,

    /// <summary>Scheduled for its creation, slot still empty.</summary>
    Born,

    /// <summary>Scheduled or running, with a message in the slot (or just about to be).</summary>
    SlotFilled,

    /// <summary>Scheduled or running; what comes now goes through the queue.</summary>
    Busy,

    /// <summary>Not scheduled; user messages wait, system messages schedule.</summary>
    Suspended,

    /// <summary>Stopped.</summary>
    Closed,
}
