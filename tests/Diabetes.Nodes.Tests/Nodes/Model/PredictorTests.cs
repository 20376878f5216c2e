using System.Text;
using Diabetes.Amqp.Messages;
using Diabetes.Domain.Models;
using Diabetes.Domain.Wire;
using Diabetes.Model;
using Diabetes.Nodes.Tests.Support.Recording;

namespace Diabetes.Nodes.Tests.Nodes.Model;

public sealed class PredictorTests
{
    private static readonly WireCodec Codec = new(new WireOptions { FeatureNames = ["a", "b"] });

    private readonly RecordedSettlement _settlement = new();
    private readonly Predictor _predictor = new(new SumModel(2), null, "features");

    [Fact]
    public void Row_Readable_IsAnsweredUnderItsIdWithItsDelivery()
    {
        var delivery = Deliver("""{"id":1.50,"body":[1,2]}""");
        var answer = Assert.Single(_predictor.Answer([delivery]).Usable);
        Assert.Equal("1.50", answer.Message.Id.Token);
        Assert.Equal(3, answer.Message.Value);
        Assert.Null(answer.Message.Model);
        Assert.Same(delivery, answer.PassThrough);
        Assert.False(delivery.IsSettled);
    }

    [Fact]
    public void Row_AnsweredByAModelWithAName_SaysWhose()
    {
        var challenger = new Predictor(new SumModel(2), "challenger", "features");
        Assert.Equal("challenger", Assert.Single(challenger.Answer([Deliver("""{"id":1.50,"body":[1,2]}""")]).Usable).Message.Model);
    }

    [Fact]
    public void Row_Unreadable_IsSetAsideWithItsBytes()
    {
        var delivery = Deliver("""{"id":1,"body":[1]}""");
        var (answers, unusable) = _predictor.Answer([delivery]);
        Assert.Empty(answers);
        var aside = Assert.Single(unusable);
        Assert.Equal(("features", "WrongLength"), (aside.Queue, aside.Reason));
        Assert.Equal("""{"id":1,"body":[1]}"""u8.ToArray(), aside.Body.ToArray());
        Assert.Same(delivery, aside.Delivery);
    }

    [Fact]
    public void Prediction_NotFinite_IsSetAsideNotSent()
    {
        var (answers, unusable) = _predictor.Answer([Deliver("""{"id":1,"body":[1.7e308,1.7e308]}""")]);
        Assert.Empty(answers);
        Assert.Equal("NotANumber", Assert.Single(unusable).Reason);
    }

    [Fact]
    public void Rows_GoodAndBad_AreSortedInOrderAndCounted()
    {
        var (answers, unusable) = _predictor.Answer(
            [Deliver("""{"id":1,"body":[1,2]}"""), Deliver("junk"), Deliver("""{"id":2,"body":[1,2]}""")]);
        Assert.Equal(["1", "2"], answers.Select(answer => answer.Message.Id.Token));
        Assert.Equal("NotJson", Assert.Single(unusable).Reason);
        _predictor.Answer([Deliver("""{"id":3,"body":[1,2]}""")]);
        Assert.Equal((3, 1), (_predictor.Answered, _predictor.SetAside));
    }

    private CommittableMessage<Decoded<FeatureVector>> Deliver(string json) =>
        _settlement.Deliver(Codec.ReadFeatures(Encoding.UTF8.GetBytes(json)));
}
