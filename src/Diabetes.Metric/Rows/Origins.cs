using System.Collections.Immutable;
using Diabetes.Domain.Joining;
using Diabetes.Metric.Correlators;

namespace Diabetes.Metric.Rows;

/// <summary>
/// Those whose halves came here: gathers the verdicts of a commit for each, and remembers the last ones, so that a half that is told again because its verdict was
/// lost is answered and not counted twice. An origin gives its numbers in order, so a ring indexed by them is memory enough.
/// </summary>
internal sealed class Origins
{
    /// <summary>
    /// Verdicts remembered for each origin: those of 7 s at 9,000 halves a second. At higher rates a half whose verdict was lost is counted as a duplicate.
    /// </summary>
    public const int Remembered = 1 << 16;

    // Few: two for each node. A list is searched faster than a hash of an actor's path is computed.
    private readonly List<Origin> _origins = [];

    /// <summary>The origins.</summary>
    public IEnumerable<IActorRef> All => _origins.Select(origin => origin.Actor);

    /// <summary>Finds an origin, or takes it among the others.</summary>
    /// <param name="actor">Who it is.</param>
    /// <param name="isNew">True if it was not known.</param>
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

    /// <summary>The origin has gone.</summary>
    public void Forget(IActorRef actor) => _origins.RemoveAll(origin => origin.Actor.Equals(actor));

    /// <summary>A verdict to tell.</summary>
    public void Add(Receipt receipt, Verdict verdict) => Find(receipt.Origin)?.Add(receipt.Number, verdict);

    /// <summary>Tells each origin its verdicts, in one message.</summary>
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

    /// <summary>One of them.</summary>
    public sealed class Origin(IActorRef actor)
    {
        private readonly (long Number, Verdict Verdict)[] _last = new (long, Verdict)[Remembered];
        private readonly ImmutableArray<long>.Builder _numbers = ImmutableArray.CreateBuilder<long>();
        private readonly ImmutableArray<Verdict>.Builder _verdicts = ImmutableArray.CreateBuilder<Verdict>();

        public IActorRef Actor => actor;

        /// <summary>The verdict that was given on a half before; null if none was, or too long ago.</summary>
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
