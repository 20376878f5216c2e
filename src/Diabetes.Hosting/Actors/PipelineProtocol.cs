namespace Diabetes.Hosting.Actors;

/// <summary>What a <see cref="PipelineActor"/> understands and answers.</summary>
public static class PipelineProtocol
{
    /// <summary>Take no more deliveries from the queue; answered with <see cref="Stopped"/>. Those that are in the pipeline go on.</summary>
    public sealed record Stop
    {
        public static readonly Stop Instance = new();
    }

    /// <summary>The broker hands out no more deliveries.</summary>
    public sealed record Stopped
    {
        public static readonly Stopped Instance = new();
    }

    /// <summary>Asks to be told, after <see cref="Stop"/>, when everything in the pipeline is settled; answered with <see cref="Drained"/>, or with a <c>Status.Failure</c> where the pipeline failed.</summary>
    public sealed record Drain
    {
        public static readonly Drain Instance = new();
    }

    /// <summary>Everything that was taken is settled.</summary>
    public sealed record Drained
    {
        public static readonly Drained Instance = new();
    }

    /// <summary>Send the settlements and leave; answered with <see cref="Closed"/>.</summary>
    public sealed record Close
    {
        public static readonly Close Instance = new();
    }

    /// <summary>The pipeline is gone.</summary>
    /// <param name="Unsettled">Deliveries that went back to the broker.</param>
    public sealed record Closed(int Unsettled);

    /// <summary>Asks for <see cref="State"/>.</summary>
    public sealed record GetState
    {
        public static readonly GetState Instance = new();
    }

    /// <param name="Queue">The queue that is consumed.</param>
    /// <param name="Unsettled">Deliveries taken and not settled.</param>
    public sealed record State(string Queue, int Unsettled);
}
