using RabbitMQ.Client;

namespace Diabetes.Bench.Amqp;

/// <summary>
/// Consumes as fast as the client can: counts deliveries, and acks all of them so far whenever a batch is full or the queue is done.
/// </summary>
internal sealed class RawConsumer(IChannel channel, Arrivals arrivals, int count) : AsyncDefaultBasicConsumer(channel)
{
    private const int Batch = 200;

    private int _received;

    public override async Task HandleBasicDeliverAsync(
        string consumerTag,
        ulong deliveryTag,
        bool redelivered,
        string exchange,
        string routingKey,
        IReadOnlyBasicProperties properties,
        ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken = default)
    {
        if (++_received % Batch == 0 || _received % count == 0)
        {
            await Channel.BasicAckAsync(deliveryTag, multiple: true, cancellationToken);
        }

        arrivals.One();
    }
}
