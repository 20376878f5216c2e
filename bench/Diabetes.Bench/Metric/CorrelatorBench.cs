using Akka.Actor;
using Diabetes.Bench.Amqp;
using Diabetes.Domain.Ids;
using Diabetes.Domain.Joining;
using Diabetes.Metric.Correlators;
using Diabetes.Metric.Rows;
using Diabetes.Testing.Actors;

namespace Diabetes.Bench.Metric;

/// <summary>
/// Sends offers of both sides through buckets and pooled correlators to a stub of the ledger. The predictions come some ids after the
/// labels.
/// </summary>
internal sealed class CorrelatorBench : IAsyncDisposable
{
    public const int Observations = 100_000;
    private const int Together = 256;

    private readonly ActorSystem _system = ActorSystem.Create("bench", "akka.loglevel = WARNING");
    private readonly Arrivals _arrivals = new();
    private readonly IActorRef _correlators;
    private readonly int _buckets;
    private readonly int _apart;
    private List<OfferProtocol.Offers> _offers = [];
    private long _id = 1_730_027_639_447_099;
    private long _number;

    /// <param name="buckets">How many buckets there are.</param>
    /// <param name="apart">By how many ids predictions are behind.</param>
    public CorrelatorBench(int buckets, int apart)
    {
        (_buckets, _apart) = (buckets, apart);
        var ledger = new GivenActor<LedgerActor>(_system.ActorOf(Props.Create(() => new CountingActor(_arrivals))));
        var (wait, time) = (TimeSpan.FromMinutes(1), TimeProvider.System);
        var bucket = Props.Create(() => new BucketActor(ledger, wait, time));
        _correlators = _system.ActorOf(Props.Create(() => new BucketsActor(buckets, bucket)));
    }

    /// <summary>Makes the offers of a round.</summary>
    public void Prepare()
    {
        _offers = [];
        var ids = Enumerable.Range(0, Observations).Select(_ => ObservationId.FromUnixMicroseconds(_id += 13)).ToArray();
        for (var from = -_apart; from < Observations; from += Together)
        {
            Offer(ids, from + _apart, PairSide.YTrue);
            Offer(ids, from, PairSide.YPred);
        }
    }

    public void Run()
    {
        var arrived = _arrivals.Expect(Observations);
        foreach (var offers in _offers)
        {
            _correlators.Tell(offers);
        }

        arrived.Wait();
    }

    public async ValueTask DisposeAsync() => await _system.Terminate();

    private void Offer(ObservationId[] ids, int from, PairSide side)
    {
        var some = ids[Math.Clamp(from, 0, ids.Length)..Math.Clamp(from + Together, 0, ids.Length)];
        foreach (var group in some.GroupBy(id => Buckets.Of(id.Key, _buckets)))
        {
            foreach (var part in group.Chunk(100))
            {
                _offers.Add(new(
                    group.Key,
                    [.. part.Select(id => new OfferProtocol.Numbered(new PairHalf(id, side, 151), ++_number))],
                    ActorRefs.Nobody));
            }
        }
    }

    private sealed class CountingActor(Arrivals arrivals) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is LedgerProtocol.Commit { Second: not null })
            {
                arrivals.One();
            }
        }
    }
}
