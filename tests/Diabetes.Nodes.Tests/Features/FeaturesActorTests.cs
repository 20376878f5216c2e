using Diabetes.Actors;
using Diabetes.Domain;
using Diabetes.Features;
using Diabetes.Nodes.Tests.Recording;
using Diabetes.Streams;
using Diabetes.Testing;
using Half = Diabetes.Domain.Half;

namespace Diabetes.Nodes.Tests.Features;

public sealed class FeaturesActorTests : TestKit
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly Dataset Rows = DatasetReader.Read(new StringReader("a,b,target\n1,2,10\n3,4,20\n5,6,30\n"), "rows");
    private readonly RecordedSink<FeatureVector> _features = new();
    private readonly RecordedSink<Half> _truths = new();
    private readonly RecordedSink<ObservationId> _notifications = new();
    private readonly RecordedBroker<FeatureVector> _broker = new();
    private readonly CancellationTokenSource _stopRows = new();

    [Fact]
    public void Rate_TenSeconds_SendsThatManyRows()
    {
        Start(rate: 2, count: 0, Second);
        Advance(10 * Second);
        Assert.Equal(21, _features.Messages.Count);
    }

    [Fact]
    public void Label_Delay_FollowsItsRowThenNotifies()
    {
        Start(rate: 1, count: 1, 3 * Second);
        Advance(3 * Second - TimeSpan.FromMilliseconds(1));
        Assert.Single(_features.Messages);
        Assert.Empty(_truths.Messages);

        Advance(TimeSpan.FromMilliseconds(5));
        var truth = Assert.Single(_truths.Messages);
        Assert.Equal(_features.Messages[0].Id, truth.Id);
        Assert.Equal(truth.Id, Assert.Single(_notifications.Messages));
        Assert.Equal(_features.Messages[0].Values.Span[0] * 5 + 5, truth.Value);
    }

    [Fact]
    public void Ids_ManyAtOneInstant_AreDistinctAndIncreasing()
    {
        Start(rate: 0, count: 1000, TimeSpan.Zero);
        AwaitRest();
        var ids = _features.Messages.Select(message => double.Parse(message.Id.Token, System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(1000, ids.Distinct().Count());
        Assert.Equal(ids.Order(), ids);
    }

    [Fact]
    public void Seed_Twice_DrawsTheSameRows()
    {
        Start(rate: 0, count: 50, TimeSpan.Zero, seed: 7);
        AwaitRest();
        var first = _features.Messages.Select(message => message.Values.Span[0]).ToList();
        _features.Messages.Clear();
        Start(rate: 0, count: 50, TimeSpan.Zero, seed: 7);
        AwaitRest();
        Assert.Equal(first, _features.Messages.Select(message => message.Values.Span[0]));
        Assert.True(first.Distinct().Count() > 1);
    }

    [Fact]
    public void Count_LastLabelConfirmed_SaysFinished()
    {
        var actor = Start(rate: 10, count: 3, 2 * Second);
        actor.Tell(FeaturesProtocol.WhenFinished.Instance, TestActor);
        Advance(2 * Second);
        ExpectNoMsg();
        Advance(Second);
        Assert.Equal(3, ExpectMsg<FeaturesProtocol.Finished>().Rows);
        Assert.Equal(3, _truths.Messages.Count);
        Assert.Equal(0, _truths.Outstanding);
    }

    [Fact]
    public void Finish_LabelsOutstanding_SendsThemAtOnceAndNoMoreRows()
    {
        var actor = Start(rate: 1, count: 0, TimeSpan.FromHours(1));
        Advance(5 * Second);
        actor.Tell(FeaturesProtocol.Finish.Instance, TestActor);
        var rows = ExpectMsg<FeaturesProtocol.Finished>().Rows;
        Assert.Equal(_features.Messages.Count, rows);
        Assert.Equal(_features.Messages.Select(message => message.Id), _truths.Messages.Select(message => message.Id));
        Advance(5 * Second);
        Assert.Equal(rows, _features.Messages.Count);
    }

    [Fact]
    public void Broker_TakesNothing_NoRowIsDrawnAndNoneIsMadeUpFor()
    {
        _features.Fill();
        Start(rate: 100, count: 0, TimeSpan.Zero);
        Advance(60 * Second);
        Assert.Empty(_features.Messages);
        _features.MakeRoom();
        AwaitCondition(() => _features.Messages.Count > 0);
        Advance(Second);
        Assert.InRange(_features.Messages.Count, 50, 220);
    }

    [Fact]
    public void Broker_NotThere_NoRowIsDrawnBeforeItIs()
    {
        _broker.State = BrokerState.Waiting;
        var actor = Start(rate: 0, count: 5, TimeSpan.Zero);
        Advance(60 * Second);
        Assert.Empty(_features.Messages);

        _broker.State = BrokerState.Connected;
        Advance(Second);
        Assert.Equal(5, _features.Messages.Count);
        actor.Tell(FeaturesProtocol.WhenFinished.Instance, TestActor);
        Assert.Equal(5, ExpectMsg<FeaturesProtocol.Finished>().Rows);
    }

    [Fact]
    public void Broker_RefusesBeforeItWasThere_WhoeverWaitsForTheEndIsTold()
    {
        _broker.State = BrokerState.Waiting;
        var actor = Start(rate: 1, count: 0, TimeSpan.Zero);
        actor.Tell(FeaturesProtocol.WhenFinished.Instance, TestActor);
        Advance(Second);
        ExpectNoMsg();

        _features.Refuse();
        Advance(Second);
        Assert.IsType<BrokerRefusedException>(ExpectMsg<Status.Failure>().Cause);
    }

    [Fact]
    public void StopRows_WaitingForRoom_LetsGoOfTheRow()
    {
        _features.Fill();
        var actor = Start(rate: 1, count: 0, Second);
        AwaitRest();
        actor.Tell(FeaturesProtocol.Finish.Instance, TestActor);
        _stopRows.Cancel();
        Assert.Equal(0, ExpectMsg<FeaturesProtocol.Finished>().Rows);
        Assert.Empty(_truths.Messages);
    }

    [Fact]
    public void Broker_Refuses_WhoeverWaitsForTheEndIsToldOnceAndNothingIsTriedAgain()
    {
        _truths.Refuse();
        var actor = Start(rate: 10, count: 0, Second);
        actor.Tell(FeaturesProtocol.WhenFinished.Instance, TestActor);
        Advance(Second);
        Assert.IsType<BrokerRefusedException>(ExpectMsg<Status.Failure>().Cause);

        var rows = _features.Messages.Count;
        Advance(10 * Second);
        Assert.Equal(rows, _features.Messages.Count);
        actor.Tell(FeaturesProtocol.Finish.Instance, TestActor);
        ExpectMsg<Status.Failure>();
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _stopRows.Dispose();
    }

    private IActorRef Start(double rate, long count, TimeSpan delay, int? seed = null)
    {
        var plan = new FeaturesPlan(Rows, rate, count, new LabelDelay.Fixed(delay), seed);
        var sinks = new FeaturesSinks(_broker, _features, _truths, _notifications);
        var stop = _stopRows.Token;
        var time = Time!;
        return ActorOf(Props.Create(() => new FeaturesActor(plan, sinks, time, stop, CancellationToken.None)));
    }
}
