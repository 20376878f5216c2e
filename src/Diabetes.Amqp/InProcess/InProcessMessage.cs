using Diabetes.Amqp.Messages;

namespace Diabetes.Amqp.InProcess;

/// <summary>A message in its queue. The buffer is rented from the shared pool by the publisher and given back by the ack.</summary>
/// <param name="Buffer">Holds the body, and may be longer.</param>
/// <param name="Length">Bytes of the body.</param>
/// <param name="Properties">Null where the sender set none.</param>
/// <param name="Sequence">Place in the queue, counted from the first message published; kept when the message comes back.</param>
/// <param name="Redelivered">Whether it was handed out before.</param>
internal readonly record struct InProcessMessage(byte[] Buffer, int Length, MessageProperties? Properties, long Sequence, bool Redelivered)
{
    public ReadOnlySpan<byte> Body => Buffer.AsSpan(0, Length);
}
