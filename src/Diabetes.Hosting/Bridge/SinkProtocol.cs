using Diabetes.Streams;

namespace Diabetes.Hosting;

/// <summary>What a <see cref="SinkActor{T}"/> understands and answers.</summary>
public static class SinkProtocol
{
    /// <summary>Send a message on.</summary>
    /// <param name="Message">Encoded when its turn comes.</param>
    /// <param name="Confirmation">Told what became of it: mostly the delivery that it answers.</param>
    public sealed record Publish<T>(T Message, IConfirmation? Confirmation);

    /// <summary>Wait until the broker has confirmed all that came before; answered with <see cref="Flushed"/>, or <see cref="Status.Failure"/> if it refuses.</summary>
    public sealed record Flush
    {
        public static readonly Flush Instance = new();
    }

    /// <summary>Everything is with the broker.</summary>
    public sealed record Flushed
    {
        public static readonly Flushed Instance = new();
    }

    /// <summary>Leave; answered with <see cref="Closed"/>. What is not confirmed is abandoned.</summary>
    public sealed record Close
    {
        public static readonly Close Instance = new();
    }

    /// <summary>The sink is gone.</summary>
    /// <param name="Unconfirmed">Messages the broker may or may not have.</param>
    public sealed record Closed(int Unconfirmed);
}
