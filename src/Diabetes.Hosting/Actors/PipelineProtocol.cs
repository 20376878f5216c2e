namespace Diabetes.Hosting.Actors;

/// <summary>The messages that a <see cref="PipelineActor"/> takes and its answers.</summary>
public static class PipelineProtocol
{
    /// <summary>
    /// Asks to take no more deliveries from the queue; answered with <see cref="Stopped"/>. The pipeline settles those that it has.
    /// </summary>
    public sealed record Stop
    {
        /// <summary>The only instance.</summary>
        public static readonly Stop Instance = new();
    }

    /// <summary>Answers that the broker delivers nothing more.</summary>
    public sealed record Stopped
    {
        /// <summary>The only instance.</summary>
        public static readonly Stopped Instance = new();
    }

    /// <summary>
    /// Asks, after <see cref="Stop"/>, to be told when everything in the pipeline is settled; answered with <see cref="Drained"/>, or
    /// with a <c>Status.Failure</c> if the pipeline failed.
    /// </summary>
    public sealed record Drain
    {
        /// <summary>The only instance.</summary>
        public static readonly Drain Instance = new();
    }

    /// <summary>Answers that every delivery that was taken is settled.</summary>
    public sealed record Drained
    {
        /// <summary>The only instance.</summary>
        public static readonly Drained Instance = new();
    }

    /// <summary>Asks to send the settlements and close the channel; answered with <see cref="Closed"/>.</summary>
    public sealed record Close
    {
        /// <summary>The only instance.</summary>
        public static readonly Close Instance = new();
    }

    /// <summary>Answers that the channel is closed.</summary>
    /// <param name="Unsettled">Deliveries that went back to the broker.</param>
    public sealed record Closed(int Unsettled);

    /// <summary>Asks for <see cref="State"/>.</summary>
    public sealed record GetState
    {
        /// <summary>The only instance.</summary>
        public static readonly GetState Instance = new();
    }

    /// <summary>Answers <see cref="GetState"/>.</summary>
    /// <param name="Queue">The queue that is consumed.</param>
    /// <param name="Unsettled">Deliveries taken and not settled.</param>
    public sealed record State(string Queue, int Unsettled);
}
