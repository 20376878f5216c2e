using Diabetes.Streams;

namespace Diabetes.Hosting;

/// <summary>What a <see cref="DeadLettersActor"/> understands and answers.</summary>
public static class DeadLettersProtocol
{
    /// <summary>Send a message that is in the quarantine file to the dead letters of its queue.</summary>
    /// <param name="Entry">The message and what is wrong with it.</param>
    /// <param name="Delivery">Confirmed when the broker has the letter, or when there is no room for it.</param>
    public sealed record Publish(QuarantineEntry Entry, IConfirmation Delivery);

    /// <summary>Wait until the broker has confirmed all that came before; answered with <see cref="Flushed"/>.</summary>
    public sealed record Flush
    {
        public static readonly Flush Instance = new();
    }

    /// <summary>Every letter is with the broker.</summary>
    public sealed record Flushed
    {
        public static readonly Flushed Instance = new();
    }

    /// <summary>Leave; answered with <see cref="Closed"/>. What is not confirmed is abandoned.</summary>
    public sealed record Close
    {
        public static readonly Close Instance = new();
    }

    /// <summary>The letters' sinks are gone.</summary>
    /// <param name="Unconfirmed">Letters the broker may or may not have; the messages themselves it has still.</param>
    public sealed record Closed(int Unconfirmed);
}
