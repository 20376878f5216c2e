namespace Diabetes.Streams;

/// <summary>A source's side of settling: where <see cref="Delivery{T}"/> sends its verdict. Thread-safe, never blocks, never throws.</summary>
public interface ISettlement
{
    void Ack(ulong tag);

    void Nack(ulong tag, NackReason reason);
}
