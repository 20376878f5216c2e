namespace Diabetes.Amqp.Messages;

/// <summary>
/// Settles one delivery, or one part of it. Exactly one of the two methods must be called, once. A second call throws, so that the first
/// test that runs them finds two owners of one delivery. Both return at once, because acks are sent in batches. If the channel of the
/// delivery is lost they do nothing: the broker then delivers the message again.
/// </summary>
public interface ICommittable
{
    /// <summary>Acks the message, because it is durable elsewhere. The broker deletes it.</summary>
    /// <exception cref="InvalidOperationException">It was settled before.</exception>
    void Commit();

    /// <summary>Nacks the message, because it could not be made durable. The broker keeps it and delivers it again.</summary>
    /// <exception cref="InvalidOperationException">It was settled before.</exception>
    void Reject(RejectReason reason);
}

/// <summary>Says why a delivery is nacked.</summary>
public enum RejectReason
{
    /// <summary>The node is stopping. Another node will get the message.</summary>
    Draining,

    /// <summary>The ledger, store or broker that should keep the message did not accept it.</summary>
    NotDurable,
}

/// <summary>
/// Sends acks and nacks for <see cref="CommittableMessage{T}"/> over a channel. Thread-safe; never blocks and never throws.
/// </summary>
public interface ISettlement
{
    /// <summary>Acks the delivery: the broker deletes the message.</summary>
    void Ack(ulong tag);

    /// <summary>Nacks the delivery: the broker delivers the message again.</summary>
    void Nack(ulong tag);
}
