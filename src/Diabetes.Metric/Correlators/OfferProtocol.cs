using System.Collections.Immutable;
using Diabetes.Domain.Joining;

namespace Diabetes.Metric.Correlators;

/// <summary>Marks a message that may pass between nodes: plain values, and references to actors.</summary>
public interface IClusterMessage;

/// <summary>Says where a half came from, so that the verdict on it finds its delivery: the delivery itself never leaves the stage that its channel belongs to.</summary>
/// <param name="Origin">The <see cref="OfferStage"/> that holds the delivery.</param>
/// <param name="Number">The stage's own number for the half; it gives each number once.</param>
public readonly record struct Receipt(IActorRef Origin, long Number);

/// <summary>One half and where it came from.</summary>
internal sealed record Offer(PairHalf Half, Receipt Receipt);

/// <summary>What passes between an <see cref="OfferStage"/> and the actors that join what it offers.</summary>
public static class OfferProtocol
{
    /// <summary>A half as it is offered, among others of the same bucket.</summary>
    public readonly record struct Numbered(PairHalf Half, long Number);

    /// <summary>To a bucket: join these halves.</summary>
    /// <param name="Bucket">The bucket that they belong to; see <see cref="Buckets"/>.</param>
    /// <param name="Halves">In the order in which they came.</param>
    /// <param name="Origin">Who is told the verdicts.</param>
    public sealed record Offers(int Bucket, ImmutableArray<Numbered> Halves, IActorRef Origin) : IClusterMessage;

    /// <summary>To the origin: these halves are durable, and this is what became of them.</summary>
    /// <param name="Numbers">As they were offered.</param>
    /// <param name="Verdicts">One for each number.</param>
    public sealed record Settled(ImmutableArray<long> Numbers, ImmutableArray<Verdict> Verdicts) : IClusterMessage;

    /// <summary>To the origin: the store does not answer, so no verdict is to be expected for now.</summary>
    public sealed record StoreAway : IClusterMessage
    {
        public static readonly StoreAway Instance = new();
    }

    /// <summary>To the origin: the store answers again.</summary>
    public sealed record StoreBack : IClusterMessage
    {
        public static readonly StoreBack Instance = new();
    }
}
