namespace Diabetes.Amqp.Messages;

/// <summary>The channel's side of settling: where a <see cref="CommittableMessage{T}"/> sends its verdict. Thread-safe, never blocks, never throws.</summary>
public interface ISettlement
{
    /// <summary>The broker may forget the delivery.</summary>
    void Ack(ulong tag);

    /// <summary>The broker is to hand the delivery out again.</summary>
    void Nack(ulong tag);
}
