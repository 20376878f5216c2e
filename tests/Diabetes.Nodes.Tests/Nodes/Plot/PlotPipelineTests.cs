using Diabetes.Amqp.Settings;
using Diabetes.Domain.Wire;
using Diabetes.Hosting.Actors;
using Diabetes.Hosting.Quarantine;
using Diabetes.Nodes.Tests.Support.Recording;
using Diabetes.Plot;
using Diabetes.Plot.Following;
using Diabetes.Testing.Actors;
using Microsoft.Extensions.Logging.Abstractions;

namespace Diabetes.Nodes.Tests.Nodes.Plot;

public sealed class PlotPipelineTests : VirtualTimeTestKit
{
    private const string Notification = """{"id": 1730027639.447099}""";

    private readonly RecordedConnection _broker = new();
    private readonly RefusingQuarantine _file = new();

    private RecordedConsumer Notifications => _broker.From("notification");

    [Fact]
    public void Notification_Readable_IsSettledAtOnceAndToldToTheFollower()
    {
        Start();
        Notifications.Deliver(Notification);
        ExpectMsg<FollowerProtocol.Notified>();
        Assert.Equal([1ul], Notifications.Acked);
    }

    [Fact]
    public void Notifications_ThatCameTogether_AreSettledAndToldOnce()
    {
        Notifications.Deliver([.. Enumerable.Repeat(Notification, 200)]);
        Start();
        ExpectMsg<FollowerProtocol.Notified>();
        ExpectNoMsg();
        Assert.Equal(200, Notifications.Acked.Count);
    }

    [Fact]
    public void Notification_Unreadable_GoesToQuarantineWithItsDelivery()
    {
        _broker["notification.dead"].HoldConfirms();
        Start();
        Notifications.Deliver("nonsense");
        ExpectNoMsg();
        var entry = Assert.Single(_file.Entries);
        Assert.Equal("notification", entry.Queue);
        Assert.Equal("nonsense"u8.ToArray(), entry.Body.ToArray());
        Assert.Empty(Notifications.Acked);

        _broker["notification.dead"].Confirm();
        AwaitRest();
        Assert.Equal([1ul], Notifications.Acked);
    }

    private void Start()
    {
        var pipeline = PlotPipeline.Create(
            NamedQueueSourceSettings.Create(_broker, new QueueDeclaration("notification")),
            new WireCodec(new WireOptions()),
            TestActor,
            new QueueQuarantine("notification", _file, _broker, 10, Time, NullLogger.Instance));
        Sys.ActorOf(Props.Create(() => new PipelineActor("notification", pipeline)));
        AwaitRest();
    }
}
