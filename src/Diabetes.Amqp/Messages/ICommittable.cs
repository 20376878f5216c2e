namespace Diabetes.Amqp.Messages;

/// <summary>
/// The duty to settle one delivery, or one part of it. Exactly one of the two methods is called, once: the first call counts and the second throws, so that two
/// owners of one delivery are found by the first test that runs them. Both return at once and wait for nothing: settlements are sent in batches. Where the channel
/// of the delivery is lost they do nothing, since the broker then hands the message out again by itself.
/// </summary>
public interface ICommittable
{
    /// <summary>The message is durable elsewhere: the broker may forget it.</summary>
    /// <exception cref="InvalidOperationException">It was settled before.</exception>
    void Commit();

    /// <summary>The message could not be made durable: the broker keeps it and hands it out again.</summary>
    /// <exception cref="InvalidOperationException">It was settled before.</exception>
    void Reject(RejectReason reason);
}

/// <summary>Why a delivery goes back to the broker.</summary>
public enum RejectReason
{
    /// <summary>The node stops; the next one will have the message.</summary>
    Draining,

    /// <summary>The ledger, store or broker that was to keep the message did not take it.</summary>
    NotDurable,
}

/// <summary>The channel's side of settling: where a <see cref="CommittableMessage{T}"/> sends its verdict. Thread-safe, never blocks, never throws.</summary>
public interface ISettlement
{
    /// <summary>The broker may forget the delivery.</summary>
    void Ack(ulong tag);

    /// <summary>The broker is to hand the delivery out again.</summary>
    void Nack(ulong tag);
}
