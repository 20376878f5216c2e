using System.Buffers;
using Diabetes.Amqp.Messages;

namespace Diabetes.Amqp.InProcess;

/// <summary>
/// Publishes to queues in the process. A message is confirmed as soon as it is in its queue, so nothing is ever outstanding.
/// </summary>
internal sealed class InProcessPublisher(Func<string, InProcessQueue> queues, IConfirms confirms) : AmqpPublisher
{
    public override int Outstanding => 0;

    public override bool TryAccept(OutgoingMessage message, long number)
    {
        var body = message.WrittenBody;
        var buffer = ArrayPool<byte>.Shared.Rent(body.Length);
        body.CopyTo(buffer);
        if (!queues(message.RoutingKey).TryPublish(buffer, body.Length, message.SetProperties, this))
        {
            ArrayPool<byte>.Shared.Return(buffer);
            return false;
        }

        confirms.Confirmed([number]);
        return true;
    }

    public override void Send()
    {
    }

    public override ValueTask DisposeAsync() => default;

    /// <summary>Tells the publisher that a full queue has room again.</summary>
    public void Room() => confirms.Room();
}
