using Diabetes.Actors;
using Diabetes.Domain;
using Diabetes.Hosting;
using Diabetes.Model;
using Diabetes.Nodes.Tests.Recording;
using Diabetes.Streams;
using Diabetes.Testing;
using Half = Diabetes.Domain.Half;

namespace Diabetes.Nodes.Tests.Model;

public sealed class PredictorActorTests : TestKit
{
    private readonly RecordedSettlement _settlement = new();
    private readonly TestProbe _answers;
    private readonly TestProbe _quarantine;
    private readonly IActorRef _predictor;

    public PredictorActorTests()
    {
        _answers = CreateTestProbe();
        _quarantine = CreateTestProbe();
        var (answers, quarantine) = (_answers.Ref, _quarantine.Ref);
        _predictor = ActorOf(Props.Create(() => new PredictorActor(new SumModel(2), null, "features", answers, quarantine)));
    }

    [Fact]
    public void Row_Readable_IsAnsweredUnderItsIdWithItsDelivery()
    {
        var delivery = Deliver("""{"id":1.50,"body":[1,2]}""");
        _predictor.Tell(delivery);
        var answer = _answers.ExpectMsg<SinkProtocol.Publish<Half>>();
        Assert.Equal("1.50", answer.Message.Id.Token);
        Assert.Equal(3, answer.Message.Value);
        Assert.Same(delivery, answer.Confirmation);
        Assert.False(delivery.IsSettled);
    }

    [Fact]
    public void Row_AnsweredByAModelWithAName_SaysWhose()
    {
        var (answers, quarantine) = (_answers.Ref, _quarantine.Ref);
        var challenger = ActorOf(Props.Create(() => new PredictorActor(new SumModel(2), "challenger", "features", answers, quarantine)));
        challenger.Tell(Deliver("""{"id":1.50,"body":[1,2]}"""));
        Assert.Equal("challenger", _answers.ExpectMsg<SinkProtocol.Publish<Half>>().Message.Model);
    }

    [Fact]
    public void Row_Unreadable_IsSetAsideWithItsBytes()
    {
        _predictor.Tell(Deliver("""{"id":1,"body":[1]}"""));
        var aside = _quarantine.ExpectMsg<QuarantineProtocol.SetAside>();
        Assert.Equal(("features", "WrongLength"), (aside.Queue, aside.Reason));
        Assert.Equal("""{"id":1,"body":[1]}"""u8.ToArray(), aside.Body.ToArray());
        _answers.ExpectNoMsg();
    }

    [Fact]
    public void Prediction_NotFinite_IsSetAsideNotSent()
    {
        _predictor.Tell(Deliver("""{"id":1,"body":[1.7e308,1.7e308]}"""));
        Assert.Equal("NotANumber", _quarantine.ExpectMsg<QuarantineProtocol.SetAside>().Reason);
        _answers.ExpectNoMsg();
    }

    [Fact]
    public void Drain_AfterRows_CountsThem()
    {
        _predictor.Tell(Deliver("""{"id":1,"body":[1,2]}"""));
        _predictor.Tell(Deliver("junk"));
        _predictor.Tell(PredictorProtocol.Drain.Instance, TestActor);
        Assert.Equal(new PredictorProtocol.Drained(1, 1), ExpectMsg<PredictorProtocol.Drained>());
    }

    private Delivery<Decoded<FeatureVector>> Deliver(string json)
    {
        var codec = new WireCodec(new WireOptions { FeatureNames = ["a", "b"] });
        return _settlement.Deliver(codec.ReadFeatures(System.Text.Encoding.UTF8.GetBytes(json)));
    }
}
