namespace Diabetes.Amqp.Messages;

/// <summary>Holds one delivered message, which must be committed or rejected exactly once.</summary>
/// <typeparam name="T">The type that the source's decoder returns.</typeparam>
/// <param name="payload">The decoded message.</param>
/// <param name="tag">The delivery tag on the channel.</param>
/// <param name="redelivered">True if the broker delivered the message before and it was not acked.</param>
/// <param name="settlement">The channel of the delivery, which sends the ack or nack.</param>
public sealed class CommittableMessage<T>(T payload, ulong tag, bool redelivered, ISettlement settlement) : ICommittable
{
    private int _parts = 1;
    private int _rejected;

    /// <summary>The decoded message.</summary>
    public T Payload { get; } = payload;

    /// <summary>True if the broker delivered the message before and it was not acked.</summary>
    public bool Redelivered { get; } = redelivered;

    /// <summary>True once the delivery, with all its parts, was acked or nacked.</summary>
    public bool IsSettled => Volatile.Read(ref _parts) <= 0;

    /// <summary>
    /// Splits the delivery into <paramref name="count"/> parts, if one message carries several observations. The last call of
    /// <see cref="Commit"/> or <see cref="Reject"/> settles the delivery: with a nack if any part was rejected, otherwise with an ack.
    /// Must be called before the first of these calls.
    /// </summary>
    public void OpenParts(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (Interlocked.CompareExchange(ref _parts, count, 1) != 1)
        {
            throw new InvalidOperationException(
                $"Delivery {tag} was already split or settled. Call OpenParts once, before the first Commit or Reject.");
        }
    }

    /// <inheritdoc/>
    public void Commit()
    {
        if (TakePart())
        {
            Settle();
        }
    }

    /// <inheritdoc/>
    public void Reject(RejectReason reason)
    {
        Volatile.Write(ref _rejected, 1);
        if (TakePart())
        {
            Settle();
        }
    }

    private bool TakePart()
    {
        var left = Interlocked.Decrement(ref _parts);
        return left >= 0
            ? left == 0
            : throw new InvalidOperationException(
                $"Delivery {tag} was already settled. Only the stage that made it durable may settle it.");
    }

    private void Settle()
    {
        if (Volatile.Read(ref _rejected) == 0)
        {
            settlement.Ack(tag);
        }
        else
        {
            settlement.Nack(tag);
        }
    }
}
