using Diabetes.Domain.Joining;
using Diabetes.Metric.Correlators;
using Diabetes.Metric.Rows;
using Diabetes.Nodes.Tests.Support.Recording;
using Diabetes.Testing.Actors;

namespace Diabetes.Nodes.Tests.Nodes.Metric;

public sealed class BucketsActorTests : VirtualTimeTestKit
{
    private static readonly TimeSpan SpillAfter = TimeSpan.FromSeconds(2);
    private readonly TestProbe _ledger;
    private readonly IActorRef _buckets;

    public BucketsActorTests()
    {
        _ledger = CreateTestProbe();
        var (ledger, time) = (new GivenActor<LedgerActor>(_ledger.Ref), Time);
        var bucket = Props.Create(() => new BucketActor(ledger, SpillAfter, time));
        _buckets = ActorOf(Props.Create(() => new BucketsActor(1, bucket)));
    }

    [Fact]
    public void Bucket_StopsAfterTheDrain_TheNextOneDrainsToo()
    {
        _buckets.Tell(BucketProtocol.Drain.Instance, TestActor);
        ExpectMsg<BucketProtocol.Tally>();
        StopBucket();
        Offer(1);
        Assert.Null(_ledger.ExpectMsg<LedgerProtocol.Commit>().Second);
        _buckets.Tell(BucketProtocol.GetTally.Instance, TestActor);
        Assert.Equal(new BucketProtocol.Tally(0, 0, 1), ExpectMsg<BucketProtocol.Tally>());
    }

    private void StopBucket()
    {
        AwaitRest();
        Sys.Stop(((ActorRefWithCell)_buckets).Children.Single());
        AwaitRest();
    }

    private void Offer(long id) =>
        _buckets.Tell(new OfferProtocol.Offers(0, [new OfferProtocol.Numbered(Halves.Of(id, PairSide.YTrue, 10).Value, id)], TestActor));
}
