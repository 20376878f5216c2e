using System.Collections.Immutable;
using Diabetes.Domain.Joining;

namespace Diabetes.Metric.Correlators;

/// <summary>Marks a message that may pass between nodes. It holds only plain values and references to actors.</summary>
public interface IClusterMessage;

/// <summary>
/// Says where a half came from, so that its verdict finds its delivery. The delivery itself never leaves the stage that owns its channel.
/// </summary>
/// <param name="Origin">The <see cref="OfferStage"/> that holds the delivery.</param>
/// <param name="Number">The number of the half in that stage. It is used once.</param>
public readonly record struct Receipt(IActorRef Origin, long Number);

/// <summary>Carries one half and where it came from.</summary>
internal sealed record Offer(PairHalf Half, Receipt Receipt);

/// <summary>Lists the messages between an <see cref="OfferStage"/> and the actors that join its halves.</summary>
public static class OfferProtocol
{
    /// <summary>Carries a half together with its number in the stage.</summary>
    public readonly record struct Numbered(PairHalf Half, long Number);

    /// <summary>Asks a bucket to join halves.</summary>
    /// <param name="Bucket">The bucket of all these halves; see <see cref="Buckets"/>.</param>
    /// <param name="Halves">The halves in the order of arrival.</param>
    /// <param name="Origin">The stage that receives the verdicts.</param>
    public sealed record Offers(int Bucket, ImmutableArray<Numbered> Halves, IActorRef Origin) : IClusterMessage;

    /// <summary>Tells the origin that halves were committed, and what each of them turned out to be.</summary>
    /// <param name="Numbers">The numbers of the halves.</param>
    /// <param name="Verdicts">One verdict for each number.</param>
    public sealed record Settled(ImmutableArray<long> Numbers, ImmutableArray<Verdict> Verdicts) : IClusterMessage;

    /// <summary>Tells the origin that the store is down, so that no verdicts will arrive for now.</summary>
    public sealed record StoreAway : IClusterMessage
    {
        public static readonly StoreAway Instance = new();
    }

    /// <summary>Tells the origin that the store works again.</summary>
    public sealed record StoreBack : IClusterMessage
    {
        public static readonly StoreBack Instance = new();
    }
}
