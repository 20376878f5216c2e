using System.Globalization;
using System.Text;
using Diabetes.Amqp;
using Diabetes.Amqp.Settings;
using Diabetes.Domain.Ids;
using Diabetes.Domain.Joining;
using Diabetes.Domain.Wire;
using Diabetes.Features;
using Diabetes.Features.Traffic;
using Diabetes.Ledger.Datasets;
using Diabetes.Nodes.Tests.Support.Recording;
using Diabetes.Testing.Actors;
using Diabetes.Testing.Time;

namespace Diabetes.Nodes.Tests.Nodes.Features;

public sealed class FeaturesActorTests : VirtualTimeTestKit
{
    private const int Window = 1000;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly WireCodec Codec = new(new WireOptions { FeatureNames = ["a", "b"] });
    private static readonly Dataset Rows = DatasetReader.Read(new StringReader("a,b,target\n1,2,10\n3,4,20\n5,6,30\n"), "rows");
    private readonly RecordedConnection _broker = new();
    private readonly RecordedQueue _features;
    private readonly RecordedQueue _truths;
    private readonly RecordedQueue _notifications;

    public FeaturesActorTests() => (_features, _truths, _notifications) = (_broker["features"], _broker["y_true"], _broker["notification"]);

    private List<FeatureVector> Sent => [.. _features.Messages.Select(body => Codec.ReadFeatures(Encoding.UTF8.GetBytes(body)).Value)];

    private List<PairHalf> Labels => [.. _truths.Messages.Select(body => Codec.ReadYTrue(Encoding.UTF8.GetBytes(body)).Value)];

    private List<ObservationId> Notified =>
        [.. _notifications.Messages.Select(body => Codec.ReadNotification(Encoding.UTF8.GetBytes(body)).Value)];

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
        var row = Assert.Single(Sent);
        Assert.Empty(Labels);

        Advance(TimeSpan.FromMilliseconds(5));
        var truth = Assert.Single(Labels);
        Assert.Equal(row.Id, truth.Id);
        Assert.Equal(truth.Id, Assert.Single(Notified));
        Assert.Equal(row.Values.Span[0] * 5 + 5, truth.Value);
    }

    [Fact]
    public void Ids_ManyAtOneInstant_AreDistinctAndIncreasing()
    {
        Start(rate: 0, count: 1000, TimeSpan.Zero);
        AwaitRest();
        var ids = Sent.Select(row => double.Parse(row.Id.Token, CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(1000, ids.Distinct().Count());
        Assert.Equal(ids.Order(), ids);
    }

    [Fact]
    public void Seed_Twice_DrawsTheSameRows()
    {
        Start(rate: 0, count: 50, TimeSpan.Zero, seed: 7);
        AwaitRest();
        var first = Sent.Select(row => row.Values.Span[0]).ToList();
        _features.Messages.Clear();
        Start(rate: 0, count: 50, TimeSpan.Zero, seed: 7);
        AwaitRest();
        Assert.Equal(first, Sent.Select(row => row.Values.Span[0]));
        Assert.True(first.Distinct().Count() > 1);
    }

    [Fact]
    public void Count_LastLabelConfirmed_SaysFinished()
    {
        _truths.HoldConfirms();
        var actor = Start(rate: 10, count: 3, 2 * Second);
        actor.Tell(FeaturesProtocol.WhenFinished.Instance, TestActor);
        ExpectNoMsg(10 * Second);
        Assert.Equal(3, _truths.Unconfirmed);

        _truths.Confirm();
        Assert.Equal(3, ExpectMsg<FeaturesProtocol.Finished>().Rows);
        actor.Tell(FeaturesProtocol.WhenFinished.Instance, TestActor);
        Assert.Equal(3, ExpectMsg<FeaturesProtocol.Finished>().Rows);
    }

    [Fact]
    public void Finish_LabelsOutstanding_SendsThemAtOnceAndNoMoreRows()
    {
        var actor = Start(rate: 1, count: 0, TimeSpan.FromHours(1));
        Advance(5 * Second);
        actor.Tell(FeaturesProtocol.Finish.Instance, TestActor);
        var rows = ExpectMsg<FeaturesProtocol.Finished>().Rows;
        Assert.Equal(6, rows);
        Assert.Equal(Sent.Select(row => row.Id), Labels.Select(label => label.Id));
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
        Assert.Single(_truths.Messages);
        _features.MakeRoom();
        Advance(Second);
        Assert.InRange(_features.Messages.Count, 50, 220);
    }

    [Fact]
    public void Window_Full_NoRowIsDrawnUntilSomeAreConfirmed()
    {
        _features.HoldConfirms();
        Start(rate: 0, count: 0, TimeSpan.FromHours(1));
        Advance(60 * Second);
        Assert.Equal(Window, _features.Messages.Count);

        _features.Confirm();
        AwaitRest();
        var minute = VirtualTime.DefaultStart + 60 * Second;
        var before = Sent.Count(row => double.Parse(row.Id.Token, CultureInfo.InvariantCulture) < minute.ToUnixTimeSeconds());
        Assert.InRange(before, Window, Window + Pace.Burst);
        Assert.Equal(2 * Window, _features.Messages.Count);
    }

    [Fact]
    public void Notifications_QueueTakesNone_LabelsLeaveAllTheSame()
    {
        _notifications.Fill();
        var actor = Start(rate: 10, count: 20, TimeSpan.Zero, notifyInterval: TimeSpan.Zero);
        actor.Tell(FeaturesProtocol.WhenFinished.Instance, TestActor);
        ExpectNoMsg(10 * Second);
        Assert.Equal(20, _truths.Messages.Count);

        _notifications.MakeRoom();
        Assert.Equal(20, ExpectMsg<FeaturesProtocol.Finished>().Rows);
        Assert.Equal(Labels.Select(label => label.Id), Notified);
    }

    [Fact]
    public void Broker_NotThere_NoRowIsDrawnBeforeItIs()
    {
        _broker.Now = AmqpConnectionState.Waiting;
        var actor = Start(rate: 0, count: 5, TimeSpan.Zero);
        Advance(60 * Second);
        Assert.Empty(_features.Messages);

        _broker.Now = AmqpConnectionState.Connected;
        Advance(Second);
        Assert.Equal(5, _features.Messages.Count);
        actor.Tell(FeaturesProtocol.WhenFinished.Instance, TestActor);
        Assert.Equal(5, ExpectMsg<FeaturesProtocol.Finished>().Rows);
    }

    [Fact]
    public void Broker_RefusesBeforeItWasThere_WhoeverWaitsForTheEndIsTold()
    {
        _broker.Now = AmqpConnectionState.Waiting;
        var actor = Start(rate: 1, count: 0, TimeSpan.Zero);
        actor.Tell(FeaturesProtocol.WhenFinished.Instance, TestActor);
        ExpectNoMsg(Second);

        _features.Refuse();
        Assert.IsType<AmqpRefusedException>(ExpectMsg<Status.Failure>().Cause);
    }

    [Fact]
    public void Broker_Refuses_WhoeverWaitsForTheEndIsToldOnceAndNothingIsTriedAgain()
    {
        var actor = Start(rate: 10, count: 0, Second);
        actor.Tell(FeaturesProtocol.WhenFinished.Instance, TestActor);
        Advance(Second);
        _truths.Refuse();
        Assert.IsType<AmqpRefusedException>(ExpectMsg<Status.Failure>().Cause);

        var rows = _features.Messages.Count;
        ExpectNoMsg(10 * Second);
        Assert.Equal(rows, _features.Messages.Count);
        Assert.False(_features.IsOpen || _truths.IsOpen || _notifications.IsOpen);
        actor.Tell(FeaturesProtocol.Finish.Instance, TestActor);
        Assert.IsType<AmqpRefusedException>(ExpectMsg<Status.Failure>().Cause);
    }

    [Fact]
    public void Finish_WaitingForRoom_DrawsNoMoreRows()
    {
        _features.Fill();
        var actor = Start(rate: 100, count: 0, Second);
        Advance(10 * Second);
        actor.Tell(FeaturesProtocol.Finish.Instance, TestActor);
        ExpectNoMsg(Second);

        _features.MakeRoom();
        Assert.Equal(1, ExpectMsg<FeaturesProtocol.Finished>().Rows);
        Assert.Single(_features.Messages);
        Assert.Single(_truths.Messages);
    }

    [Fact]
    public void Finish_AfterTheEnd_IsAnsweredAndNothingElseIsSaid()
    {
        var actor = Start(rate: 10, count: 3, TimeSpan.Zero);
        Advance(Second);
        HearComplaints();
        actor.Tell(FeaturesProtocol.Finish.Instance, TestActor);
        Assert.Equal(3, ExpectMsg<FeaturesProtocol.Finished>().Rows);
        ExpectNoMsg(10 * Second);
    }

    [Fact]
    public void Stop_Unconfirmed_LetsGoQuietly()
    {
        HearComplaints();
        _truths.HoldConfirms();
        var actor = Start(rate: 10, count: 0, TimeSpan.Zero);
        Advance(Second);
        Watch(actor);
        Sys.Stop(actor);
        ExpectTerminated(actor);
        ExpectNoMsg(10 * Second);
        Assert.False(_features.IsOpen || _truths.IsOpen || _notifications.IsOpen);
    }

    private void HearComplaints()
    {
        foreach (var subject in (Type[])[typeof(Error), typeof(Warning), typeof(DeadLetter)])
        {
            Sys.EventStream.Subscribe(TestActor, subject);
        }
    }

    private IActorRef Start(double rate, long count, TimeSpan delay, int? seed = null, TimeSpan? notifyInterval = null)
    {
        var pipeline = FeaturesPipeline.Create(
            new FeaturesPlan(Rows, rate, count, new LabelDelay.Fixed(delay), notifyInterval ?? Second, seed),
            To("features"),
            To("y_true"),
            To("notification"),
            Time);
        return Sys.ActorOf(Props.Create(() => new FeaturesActor(pipeline)));
    }

    private AmqpSinkSettings To(string queue) => AmqpSinkSettings.Create(_broker, new QueueDeclaration(queue)).WithWindow(Window);
}
