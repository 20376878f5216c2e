using Diabetes.Streams;

namespace Diabetes.Hosting;

/// <summary>What a <see cref="QuarantineActor"/> understands and answers.</summary>
public static class QuarantineProtocol
{
    /// <summary>Keep this message and settle its delivery once it is on disk and among the dead letters of its queue.</summary>
    /// <param name="Queue">Where it came from.</param>
    /// <param name="Reason">One word an operator can search for.</param>
    /// <param name="Detail">What was found.</param>
    /// <param name="Body">The message; not changed any more.</param>
    /// <param name="Delivery">Confirmed when the message is durable.</param>
    public sealed record SetAside(string Queue, string Reason, string Detail, ReadOnlyMemory<byte> Body, IConfirmation Delivery);

    /// <summary>Write what waits to disk; answered with <see cref="Flushed"/>.</summary>
    public sealed record Flush
    {
        public static readonly Flush Instance = new();
    }

    /// <param name="Total">Messages set aside since the node started.</param>
    /// <param name="Waiting">Messages that the disk does not take; they go back to the broker.</param>
    public sealed record Flushed(long Total, int Waiting);
}
