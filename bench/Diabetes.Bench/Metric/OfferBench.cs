using System.Collections.Immutable;
using Akka.Actor;
using Akka.Streams;
using Akka.Streams.Dsl;
using Diabetes.Amqp.Dsl;
using Diabetes.Amqp.Messages;
using Diabetes.Domain.Ids;
using Diabetes.Domain.Joining;
using Diabetes.Domain.Wire;
using Diabetes.Metric.Correlators;

namespace Diabetes.Bench.Metric;

/// <summary>
/// Sends a stream of deliveries through an <see cref="OfferStage"/> to one stub of the buckets and the ledger, which answers a thousand
/// halves at a time.
/// </summary>
internal sealed class OfferBench : IAsyncDisposable, ISettlement
{
    public const int Halves = 200_000;
    private const int Together = 256;
    private const int Commit = 1_000;

    private readonly ActorSystem _system = ActorSystem.Create("bench", "akka.loglevel = WARNING");
    private readonly IMaterializer _materializer;
    private ImmutableArray<CommittableMessage<Decoded<PairHalf>>>[] _batches = [];
    private long _id = 1_730_027_639_447_099;

    public OfferBench() => _materializer = _system.Materializer();

    /// <summary>Makes new deliveries for a round, because each can be settled only once.</summary>
    public void Prepare() =>
        _batches = [.. Enumerable.Range(0, Halves).Select(Deliver).Chunk(Together).Select(static batch => batch.ToImmutableArray())];

    public void Run(int buckets)
    {
        var stub = _system.ActorOf(Props.Create(() => new AnsweringActor()));
        var settings = new OfferSettings(PairSide.YTrue, "y_true", buckets, stub, stub, TimeSpan.FromSeconds(2), TimeProvider.System);
        Source.From(_batches)
            .Via(new OfferStage(settings))
            .Select(static sorted => sorted.Usable)
            .RunWith(Committer.Sink(), _materializer)
            .Wait();
        stub.Tell(PoisonPill.Instance);
    }

    public void RunBare() => Source.From(_batches)
        .Select(static batch => batch.CastArray<ICommittable>())
        .Select(static batch => batch)
        .RunWith(Committer.Sink(), _materializer)
        .Wait();

    public async ValueTask DisposeAsync() => await _system.Terminate();

    void ISettlement.Ack(ulong tag)
    {
    }

    void ISettlement.Nack(ulong tag)
    {
    }

    private CommittableMessage<Decoded<PairHalf>> Deliver(int number) =>
        new(new(new PairHalf(ObservationId.FromUnixMicroseconds(_id += 13), PairSide.YTrue, 151)), (ulong)number, redelivered: false, this);

    private sealed class AnsweringActor : UntypedActor
    {
        private readonly List<long> _numbers = [];
        private long _heard;

        protected override void OnReceive(object message)
        {
            var offers = (OfferProtocol.Offers)message;
            foreach (var half in offers.Halves)
            {
                _numbers.Add(half.Number);
            }

            _heard += offers.Halves.Length;
            if (_numbers.Count >= Commit || _heard == Halves)
            {
                offers.Origin.Tell(new OfferProtocol.Settled([.. _numbers], [.. new Verdict[_numbers.Count]]));
                _numbers.Clear();
            }
        }
    }
}
