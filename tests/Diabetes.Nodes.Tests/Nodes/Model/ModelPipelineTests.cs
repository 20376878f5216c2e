using Diabetes.Amqp.Settings;
using Diabetes.Domain.Models;
using Diabetes.Domain.Wire;
using Diabetes.Hosting.Actors;
using Diabetes.Hosting.Quarantine;
using Diabetes.Model;
using Diabetes.Nodes.Tests.Support.Recording;
using Diabetes.Testing.Actors;
using Microsoft.Extensions.Logging.Abstractions;

namespace Diabetes.Nodes.Tests.Nodes.Model;

public sealed class ModelPipelineTests : VirtualTimeTestKit
{
    private readonly RecordedConnection _broker = new();
    private readonly RefusingQuarantine _file = new();

    public ModelPipelineTests()
    {
        Predictions.HoldConfirms();
        Letters.HoldConfirms();
    }

    private RecordedConsumer Rows => _broker.From("features");

    private RecordedQueue Predictions => _broker["y_pred"];

    private RecordedQueue Letters => _broker["features.dead"];

    [Fact]
    public void Row_Readable_IsSettledByTheConfirmOfItsAnswer()
    {
        Start();
        Rows.Deliver("""{"id":1.50,"body":[1,2]}""", """{"id":"a","body":[3,4]}""");
        AwaitRest();
        Assert.Equal(["""{"id":1.50,"body":3.0}""", """{"id":"a","body":7.0}"""], Predictions.Messages);
        Assert.Empty(Rows.Acked);

        Predictions.Confirm();
        AwaitRest();
        Assert.Equal([1ul, 2ul], Rows.Acked);
    }

    [Fact]
    public void Row_Unreadable_IsSettledByTheConfirmOfItsDeadLetter()
    {
        Start();
        Rows.Deliver("junk", """{"id":1,"body":[1,2]}""");
        AwaitRest();
        Assert.Equal("NotJson", Assert.Single(_file.Entries).Reason);
        Assert.Single(Predictions.Messages);
        Assert.Empty(Rows.Acked);

        Letters.Confirm();
        AwaitRest();
        Assert.Equal([1ul], Rows.Acked);
    }

    [Fact]
    public void Row_Unreadable_HoldsUpNoOtherWhileTheDiskRefuses()
    {
        _file.Refuses = true;
        Start();
        for (var i = 0; i < 100; i++)
        {
            Rows.Deliver("junk", """{"id":1,"body":[1,2]}""");
            AwaitRest();
        }

        Assert.Equal(100, Predictions.Messages.Count);
        Assert.False(Letters.IsOpen);
    }

    [Fact]
    public void Drain_LetterUnconfirmed_WaitsForIt()
    {
        var pipeline = Start();
        Rows.Deliver("junk", """{"id":1,"body":[1,2]}""");
        AwaitRest();
        pipeline.Tell(PipelineProtocol.Stop.Instance, TestActor);
        ExpectMsg<PipelineProtocol.Stopped>();
        pipeline.Tell(PipelineProtocol.Drain.Instance, TestActor);
        Predictions.Confirm();
        ExpectNoMsg();

        Letters.Confirm();
        ExpectMsg<PipelineProtocol.Drained>();
        Assert.Equal([1ul, 2ul], Rows.Acked.Order());
    }

    private IActorRef Start()
    {
        var pipeline = ModelPipeline.Create(
            NamedQueueSourceSettings.Create(_broker, new QueueDeclaration("features")),
            AmqpSinkSettings.Create(_broker, new QueueDeclaration("y_pred")),
            new WireCodec(new WireOptions { FeatureNames = ["a", "b"] }),
            new Predictor(new SumModel(2), null, "features"),
            new QueueQuarantine("features", _file, _broker, 10, Time, NullLogger.Instance));
        var owner = Sys.ActorOf(Props.Create(() => new PipelineActor("features", pipeline)));
        AwaitRest();
        return owner;
    }
}
