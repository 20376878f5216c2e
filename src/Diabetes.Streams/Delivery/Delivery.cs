namespace Diabetes.Streams;

/// <summary>
/// One message and the duty to settle it. Whoever makes the message durable calls <see cref="Ack"/>; whoever cannot calls
/// <see cref="Nack"/>. The first call counts and the second throws, so two owners of one delivery are found by the first test that runs them.
/// Both return at once: the source sends settlements on in batches.
/// </summary>
/// <typeparam name="T">What the source's decoder made of the bytes.</typeparam>
public sealed class Delivery<T>(T payload, ulong tag, bool redelivered, ISettlement settlement) : IConfirmation
{
    private int _settled;

    public T Payload { get; } = payload;

    /// <summary>The broker's number for this delivery on its channel; meaningless after a reconnect, which the source knows.</summary>
    public ulong Tag { get; } = tag;

    /// <summary>True where the broker handed the message out before and did not see it settled.</summary>
    public bool Redelivered { get; } = redelivered;

    /// <summary>True once <see cref="Ack"/> or <see cref="Nack"/> was called.</summary>
    public bool IsSettled => Volatile.Read(ref _settled) != 0;

    /// <summary>The message is durable elsewhere: the broker may forget it.</summary>
    /// <exception cref="InvalidOperationException">The delivery was settled before.</exception>
    public void Ack()
    {
        SettleOnce();
        settlement.Ack(Tag);
    }

    /// <summary>The message could not be made durable: the broker keeps it and hands it out again.</summary>
    /// <exception cref="InvalidOperationException">The delivery was settled before.</exception>
    public void Nack(NackReason reason)
    {
        SettleOnce();
        settlement.Nack(Tag, reason);
    }

    void IConfirmation.Confirmed() => Ack();

    void IConfirmation.Abandoned(NackReason reason) => Nack(reason);

    private void SettleOnce()
    {
        if (Interlocked.Exchange(ref _settled, 1) != 0)
        {
            throw new InvalidOperationException($"Delivery {Tag} is settled already; only the actor that made it durable may settle it.");
        }
    }
}
