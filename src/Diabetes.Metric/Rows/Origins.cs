using System.Collections.Immutable;
using Diabetes.Domain.Joining;
using Diabetes.Metric.Correlators;

namespace Diabetes.Metric.Rows;

/// <summary>
/// Collects the verdicts of a commit for each origin, and remembers the last ones: if a verdict is lost and its half arrives again, the
/// half gets the same verdict and is not counted twice. An origin numbers its halves in order, so a ring buffer indexed by number is
/// enough.
/// </summary>
internal sealed class Origins
{
    /// <summary>
    /// The number of verdicts that are remembered for each origin: 7 s at 9,000 halves per second. At higher rates a half whose verdict was
    /// lost is counted as a duplicate.
    /// </summary>
    public const int Remembered = 1 << 16;

    // There are two origins per node. Searching this list is faster than hashing an actor's path.
    private readonly List<Origin> _origins = [];

    /// <summary>The actors of all origins.</summary>
    public IEnumerable<IActorRef> All => _origins.Select(origin => origin.Actor);

    /// <summary>Finds an origin, or adds it.</summary>
    /// <param name="actor">The actor of the origin.</param>
    /// <param name="isNew">True if the origin was added by this call.</param>
    public Origin Meet(IActorRef actor, out bool isNew)
    {
        var known = Find(actor);
        isNew = known is null;
        if (known is null)
        {
            _origins.Add(known = new Origin(actor));
        }

        return known;
    }

    /// <summary>Removes an origin that has stopped.</summary>
    public void Forget(IActorRef actor) => _origins.RemoveAll(origin => origin.Actor.Equals(actor));

    /// <summary>Adds a verdict to the next message for its origin.</summary>
    public void Add(Receipt receipt, Verdict verdict) => Find(receipt.Origin)?.Add(receipt.Number, verdict);

    /// <summary>Sends each origin its verdicts in one message.</summary>
    public void Tell(IActorRef sender)
    {
        foreach (var origin in _origins)
        {
            origin.Tell(sender);
        }
    }

    private Origin? Find(IActorRef actor)
    {
        foreach (var origin in _origins)
        {
            if (ReferenceEquals(origin.Actor, actor) || origin.Actor.Equals(actor))
            {
                return origin;
            }
        }

        return null;
    }

    /// <summary>Represents a stage that offers halves.</summary>
    public sealed class Origin(IActorRef actor)
    {
        private readonly (long Number, Verdict Verdict)[] _last = new (long, Verdict)[Remembered];
        private readonly ImmutableArray<long>.Builder _numbers = ImmutableArray.CreateBuilder<long>();
        private readonly ImmutableArray<Verdict>.Builder _verdicts = ImmutableArray.CreateBuilder<Verdict>();

        public IActorRef Actor => actor;

        /// <summary>Finds the verdict on an earlier half; null if there was none, or if it is no longer remembered.</summary>
        public Verdict? VerdictOf(long number) => _last[number % Remembered] is var last && last.Number == number ? last.Verdict : null;

        public void Add(long number, Verdict verdict)
        {
            _last[number % Remembered] = (number, verdict);
            _numbers.Add(number);
            _verdicts.Add(verdict);
        }

        public void Tell(IActorRef sender)
        {
            if (_numbers.Count > 0)
            {
                actor.Tell(new OfferProtocol.Settled(_numbers.DrainToImmutable(), _verdicts.DrainToImmutable()), sender);
            }
        }
    }
}
