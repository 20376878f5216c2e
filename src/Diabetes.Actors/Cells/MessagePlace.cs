namespace Diabetes.Actors;

/// <summary>Where the current message lies: the one that is being handled, has failed or is awaited. It is not copied anywhere.</summary>
internal enum MessagePlace : byte
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>In the cell's own slot.</summary>
    Slot,

    /// <summary>At the head of the queue.</summary>
    Queue,
}
