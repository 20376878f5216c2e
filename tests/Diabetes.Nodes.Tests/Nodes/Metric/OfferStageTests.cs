using System.Collections.Immutable;
using Akka.Streams;
using Akka.Streams.Dsl;
using Akka.Streams.TestKit;
using Diabetes.Amqp.Messages;
using Diabetes.Domain.Joining;
using Diabetes.Domain.Wire;
using Diabetes.Hosting.Quarantine;
using Diabetes.Metric.Correlators;
using Diabetes.Metric.Report;
using Diabetes.Metric.Rows;
using Diabetes.Nodes.Tests.Support.Recording;
using Diabetes.Testing.Actors;
using Microsoft.Extensions.Logging.Abstractions;

namespace Diabetes.Nodes.Tests.Nodes.Metric;

public sealed class OfferStageTests : VirtualTimeTestKit
{
    private const int BucketCount = 4;
    private static readonly TimeSpan SpillAfter = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = SpillAfter + OfferSettings.Patience;
    private readonly RecordedSettlement _settlement = new();
    private readonly TestProbe _correlators;
    private readonly TestProbe _ledger;
    private readonly TestPublisher.Probe<ImmutableArray<CommittableMessage<Decoded<PairHalf>>>> _in;
    private readonly TestSubscriber.Probe<Sorted<ICommittable>> _out;

    public OfferStageTests()
    {
        (_correlators, _ledger) = (CreateTestProbe(), CreateTestProbe());
        var stage = new OfferStage(
            new OfferSettings(PairSide.YTrue, "y_true", BucketCount, _correlators.Ref, _ledger.Ref, SpillAfter, Time));
        (_in, _out) = this.SourceProbe<ImmutableArray<CommittableMessage<Decoded<PairHalf>>>>()
            .Via(stage)
            .ToMaterialized(this.SinkProbe<Sorted<ICommittable>>(), Keep.Both)
            .Run(Sys.Materializer());
        _out.Request(1000);
    }

    [Fact]
    public void Halves_OfOneBatch_AreToldByBucketWithANumberEach()
    {
        Send([.. Enumerable.Range(1, 250).Select(id => Halves.Of(id, PairSide.YTrue, 10))]);
        var offers = Offers();
        Assert.Equal(Enumerable.Range(1, 250)
            .Select(number => (long)number), offers.SelectMany(offer => offer.Halves).Select(half => half.Number).Order());
        Assert.All(offers, offer =>
        {
            Assert.InRange(offer.Halves.Length, 1, 100);
            Assert.All(offer.Halves, half => Assert.Equal(offer.Bucket, Buckets.Of(half.Half.Id.Key, BucketCount)));
        });
    }

    [Fact]
    public void Verdict_Joined_LetsTheDeliveryPassOnce()
    {
        Send(Halves.Of(1, PairSide.YTrue, 10));
        var origin = Offers().Single().Origin;
        origin.Tell(new OfferProtocol.Settled([1], [Verdict.Join]));
        origin.Tell(new OfferProtocol.Settled([1], [Verdict.Join]));
        Assert.Single(_out.ExpectNext().Usable).Commit();
        AwaitRest();
        Assert.Equal([1ul], _settlement.Acked);
    }

    [Fact]
    public void Verdict_Conflict_SetsAsideWhatCame()
    {
        Send(Halves.Of(1, PairSide.YTrue, 10));
        Offers().Single().Origin.Tell(new OfferProtocol.Settled([1], [Verdict.Conflict]));
        var aside = Assert.Single(_out.ExpectNext().Unusable);
        Assert.Equal(("y_true", "ConflictingValue"), (aside.Queue, aside.Reason));
        Assert.Contains("whole seconds", aside.Detail, StringComparison.Ordinal);
        Assert.Equal("""{"id":1,"body":10.0}""", System.Text.Encoding.UTF8.GetString(aside.Body.Span));
    }

    [Fact]
    public void Unreadable_IsToldToTheLedgerThenSetAside()
    {
        Send(Halves.Read(PairSide.YTrue, "junk"));
        var reject = _ledger.ExpectMsg<LedgerProtocol.Reject>();
        ExpectNoMsg(_correlators);
        reject.Receipt.Origin.Tell(new OfferProtocol.Settled([reject.Receipt.Number], [Verdict.Unreadable]));
        Assert.Equal("NotJson", Assert.Single(_out.ExpectNext().Unusable).Reason);
    }

    [Fact]
    public void NoVerdictInTime_GoesToTheLedgerAloneAndOnce()
    {
        Send(Halves.Of(1, PairSide.YTrue, 10));
        Advance(TimeSpan.FromSeconds(1));
        Send(Halves.Of(2, PairSide.YTrue, 10));
        Advance(Patience - TimeSpan.FromSeconds(1) - TimeSpan.FromMilliseconds(1));
        ExpectNoMsg(_ledger);
        Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, _ledger.ExpectMsg<LedgerProtocol.Alone>().Half.Receipt.Number);
        ExpectNoMsg(_ledger);
        Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, _ledger.ExpectMsg<LedgerProtocol.Alone>().Half.Receipt.Number);
        ExpectNoMsg(_ledger, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public void StoreAway_TheClockStandsStill()
    {
        Send(Halves.Of(1, PairSide.YTrue, 10));
        var origin = Offers().Single().Origin;
        Advance(TimeSpan.FromSeconds(3));
        origin.Tell(OfferProtocol.StoreAway.Instance);
        Advance(TimeSpan.FromMinutes(10));
        ExpectNoMsg(_ledger);
        origin.Tell(OfferProtocol.StoreBack.Instance);
        Advance(Patience - TimeSpan.FromSeconds(3) - TimeSpan.FromMilliseconds(1));
        ExpectNoMsg(_ledger);
        Advance(TimeSpan.FromMilliseconds(1));
        _ledger.ExpectMsg<LedgerProtocol.Alone>();
    }

    [Fact]
    public void Upstream_Ends_CompletesWithTheLastVerdict()
    {
        Send(Halves.Of(1, PairSide.YTrue, 10));
        _in.SendComplete();
        AwaitRest();
        Offers().Single().Origin.Tell(new OfferProtocol.Settled([1], [Verdict.Hold]));
        _out.ExpectNext();
        _out.ExpectComplete();
    }

    [Fact]
    public void Store_Away20SecondsWith60000Halves_NothingLostNothingDoubled()
    {
        const int pairs = 30_000;
        var store = new MemoryJoinStore { Refuses = true };
        var histogram = new GivenActor<HistogramActor>(CreateTestProbe().Ref);
        var (time, spillAfter) = (Time, SpillAfter);
        var plan = new LedgerPlan(
            ExpectedModels.Anyone, new CommitPolicy(TimeSpan.FromMilliseconds(20), 2000), TimeSpan.FromHours(1), Time, NullLogger.Instance);
        var ledger = ActorOf(Props.Create(() => new LedgerActor(store, histogram, plan)));
        var given = new GivenActor<LedgerActor>(ledger);
        var bucket = Props.Create(() => new BucketActor(given, spillAfter, time));
        var correlators = ActorOf(Props.Create(() => new BucketsActor(64, bucket)));
        foreach (var side in new[] { PairSide.YTrue, PairSide.YPred })
        {
            var offers = new OfferSettings(side, $"{side}", 64, correlators, ledger, SpillAfter, Time);
            Source.From(Enumerable.Range(0, pairs).Chunk(200))
                .Select(ids => ids.Select(id => _settlement.Deliver(Halves.Of(id, side, 10))).ToImmutableArray())
                .Via(new OfferStage(offers))
                .RunForeach(static sorted => sorted.Usable.ToList().ForEach(static delivery => delivery.Commit()), Sys.Materializer());
        }

        Advance(TimeSpan.FromSeconds(20));
        Assert.Empty(_settlement.Acked);
        store.Refuses = false;
        Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(2 * pairs, _settlement.Acked.Count);
        Assert.Equal((pairs, pairs), ((int)store.YTrue.Received, (int)store.YPred.Received));
        Assert.Equal((pairs, 0), ((int)store.YTrue.Joined, (int)store.YTrue.Duplicates));
    }

    private void Send(params Decoded<PairHalf>[] halves)
    {
        _in.SendNext([.. halves.Select(half => _settlement.Deliver(half))]);
        AwaitRest();
    }

    private List<OfferProtocol.Offers> Offers()
    {
        AwaitRest();
        var offers = new List<OfferProtocol.Offers>();
        while (_correlators.HasMessages)
        {
            offers.Add(_correlators.ExpectMsg<OfferProtocol.Offers>());
        }

        return offers;
    }
}
