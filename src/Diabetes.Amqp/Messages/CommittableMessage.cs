namespace Diabetes.Amqp.Messages;

/// <summary>One message and the duty to settle it.</summary>
/// <typeparam name="T">What the source's decoder made of the bytes.</typeparam>
/// <param name="payload">What was decoded.</param>
/// <param name="tag">The broker's number for the delivery on its channel.</param>
/// <param name="redelivered">True where the broker handed the message out before and did not see it settled.</param>
/// <param name="settlement">The channel that the delivery came over.</param>
public sealed class CommittableMessage<T>(T payload, ulong tag, bool redelivered, ISettlement settlement) : ICommittable
{
    private int _parts = 1;
    private int _rejected;

    /// <summary>What was decoded.</summary>
    public T Payload { get; } = payload;

    /// <summary>True where the broker handed the message out before and did not see it settled.</summary>
    public bool Redelivered { get; } = redelivered;

    /// <summary>True once the delivery is settled, with all its parts.</summary>
    public bool IsSettled => Volatile.Read(ref _parts) <= 0;

    /// <summary>
    /// Opens the delivery for several observations that one message carries: it is settled by the last of <paramref name="count"/> calls to
    /// <see cref="Commit"/> or <see cref="Reject"/>, and goes back if any of them was a rejection. Called before the first of them.
    /// </summary>
    public void OpenParts(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (Interlocked.CompareExchange(ref _parts, count, 1) != 1)
        {
            throw new InvalidOperationException($"Delivery {tag} has its parts already, or is settled: open the parts once, before the first is settled.");
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
        return left >= 0 ? left == 0 : throw new InvalidOperationException($"Delivery {tag} is settled already; only the stage that made it durable may settle it.");
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
