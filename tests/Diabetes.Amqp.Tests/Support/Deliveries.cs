namespace Diabetes.Amqp.Tests.Support;

/// <summary>Records the tags of a consumer's deliveries.</summary>
internal sealed class Deliveries(Action<ulong>? also = null) : IDeliveries
{
    public Gathered<ulong> Tags { get; } = new();

    void IDeliveries.Take(in IncomingMessage message, ulong tag, bool redelivered, ISettlement settlement)
    {
        also?.Invoke(tag);
        Tags.Add(tag);
    }
}
