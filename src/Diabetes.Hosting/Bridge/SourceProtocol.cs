namespace Diabetes.Hosting;

/// <summary>What a <see cref="SourceActor{T}"/> understands and answers.</summary>
public static class SourceProtocol
{
    /// <summary>Hand out no more deliveries; answered with <see cref="Drained"/>. Those that are out can still be settled.</summary>
    public sealed record Drain
    {
        public static readonly Drain Instance = new();
    }

    /// <summary>The last delivery has been handed out.</summary>
    public sealed record Drained
    {
        public static readonly Drained Instance = new();
    }

    /// <summary>Send the settlements and leave; answered with <see cref="Closed"/>. What is unsettled goes back to the broker.</summary>
    public sealed record Close
    {
        public static readonly Close Instance = new();
    }

    /// <summary>The source is gone.</summary>
    /// <param name="Unsettled">Deliveries that went back to the broker.</param>
    public sealed record Closed(int Unsettled);

    /// <summary>Asks for <see cref="State"/>.</summary>
    public sealed record GetState
    {
        public static readonly GetState Instance = new();
    }

    /// <param name="Queue">The queue's name.</param>
    /// <param name="Unsettled">Deliveries handed out and not settled.</param>
    public sealed record State(string Queue, int Unsettled);
}
