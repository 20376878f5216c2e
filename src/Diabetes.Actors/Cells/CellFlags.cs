namespace Diabetes.Actors;

/// <summary>A cell's own marks; read and written by its run only.</summary>
[Flags]
internal enum CellFlags : ushort
{
    None = 0,

    /// <summary>The first incarnation was created, or that was tried.</summary>
    Created = 1,

    /// <summary>The actor asked to be stopped itself.</summary>
    StopRequested = 2,

    /// <summary>Waits for its last children; starts nothing any more.</summary>
    Terminating = 4,

    /// <summary>Has failed, and its supervisor has not yet decided.</summary>
    Failed = 8,

    /// <summary>Messages stand in front of slot and queue: <see cref="CellExtras.Front"/>.</summary>
    HasFront = 16,

    /// <summary>The behaviour is not the actor's own: <see cref="CellExtras.Behaviors"/>.</summary>
    HasBehaviors = 32,

    /// <summary>Activity is to be noted for the receive timeout.</summary>
    HasReceiveTimeout = 64,

    /// <summary>An asynchronous handler is under way.</summary>
    Awaiting = 128,

    /// <summary>The current message was stashed, and may not be once more.</summary>
    Stashed = 256,
}
