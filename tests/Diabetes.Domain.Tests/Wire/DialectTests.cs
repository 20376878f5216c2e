using Diabetes.Domain.Wire;
using Xunit;

namespace Diabetes.Domain.Tests.Wire;

/// <summary>Has one row for every dialect and queue of docs/wire-format.md. The queue is the role; its name is configurable.</summary>
public class DialectTests
{
    private const string Id = "1730027639.447099";
    private const string Uuid = "\"6fa459ea-ee8a-3ca4-894e-db77e160355e\"";
    private const string ByName = """
        {"s6": -0.017, "age": 0.038, "sex": 0.05, "bmi": 0.061, "bp": 0.021,
        "s1": -0.044, "s2": -0.034, "s3": -0.043, "s4": -0.002, "s5": 0.019}
        """;

    [Theory]
    [InlineData("A", "features", $$"""{"id": {{Id}}, "body": {{Wire.Ten}}}""", Id)]
    [InlineData("A", "y_true", $$"""{"id": {{Id}}, "body": 295.0}""", Id)]
    [InlineData("A", "y_pred", $$"""{"id": {{Id}}, "body": 295.0}""", Id)]
    [InlineData("A", "notification", $$"""{"id": {{Id}}}""", Id)]
    [InlineData("A", "notification", $$"""{"id": {{Id}}, "body": 295.0}""", Id)]
    [InlineData("A", "notification", Id, Id)]
    [InlineData("A", "notification", Uuid, Uuid)]
    [InlineData("A-int", "y_pred", $$"""{"id": {{Id}}, "body": 295}""", Id)]
    [InlineData("A-str", "features", $$"""{"id": "{{Id}}", "body": {{Wire.Ten}}}""", $"\"{Id}\"")]
    [InlineData("A-str", "y_true", $$"""{"id": "{{Id}}", "body": 295.0}""", $"\"{Id}\"")]
    [InlineData("A-str", "y_pred", $$"""{"id": "{{Id}}", "body": 295.0}""", $"\"{Id}\"")]
    [InlineData("A-sec", "features", $$"""{"id": 1730027639, "body": {{Wire.Ten}}}""", "1730027639")]
    [InlineData("A-sec", "y_true", """{"id": 1730027639, "body": 295.0}""", "1730027639")]
    [InlineData("A-sec", "y_pred", """{"id": 1730027639, "body": 295.0}""", "1730027639")]
    [InlineData("A-actual", "y_true", $$"""{"id": {{Id}}, "body": 295.0}""", Id)]
    [InlineData("A-durable", "features", $$"""{"id": {{Id}}, "body": {{ByName}}}""", Id)]
    [InlineData("B", "y_pred", $$"""{"id": {{Id}}, "y_pred": 295.0}""", Id)]
    [InlineData("B2", "y_pred", $$"""{"id": {{Id}}, "prediction": 295.0}""", Id)]
    [InlineData("C", "features", $$"""{"id": {{Id}}, "features": {{Wire.Ten}}}""", Id)]
    [InlineData("C", "y_true", $$"""{"id": {{Id}}, "y_true": 295.0}""", Id)]
    [InlineData("C", "y_pred", $$"""{"id": {{Id}}, "y_pred": 295.0}""", Id)]
    [InlineData("D", "features", $$"""{"id": {{Id}}, "X": {{Wire.Ten}}}""", Id)]
    [InlineData("D", "y_true", $$"""{"id": {{Id}}, "y": 295.0}""", Id)]
    [InlineData("D", "y_pred", $$"""{"id": {{Id}}, "X": {{Wire.Ten}}, "y_pred": 295.0}""", Id)]
    [InlineData("E", "features", $$"""{"id": {{Id}}, "body": {{Wire.Ten}}}""", Id)]
    [InlineData("E", "y_true", $$"""{"id": {{Id}}, "value": 295.0}""", Id)]
    [InlineData("E", "y_pred", $$"""{"id": {{Id}}, "value": 295.0}""", Id)]
    [InlineData("F", "features", $$"""{"ts": {{Id}}, "features": {{Wire.Ten}}}""", Id)]
    [InlineData("F", "y_true", $$"""{"ts": {{Id}}, "y_true": 295.0}""", Id)]
    [InlineData("G", "features", $"[{Wire.Ten}, {Uuid}]", Uuid)]
    [InlineData("G", "y_true", $"[295.0, {Uuid}]", Uuid)]
    [InlineData("G", "y_pred", $"[295.0, {Uuid}]", Uuid)]
    [InlineData("H", "features", $$"""{ {{Uuid}}: {{Wire.Ten}}}""", Uuid)]
    [InlineData("H", "y_true", $$"""{ {{Uuid}}: 295.0}""", Uuid)]
    [InlineData("H", "y_pred", $$"""{ {{Uuid}}: 295.0}""", Uuid)]
    [InlineData("K", "features", $$"""{"id": {{Id}}, "body": {{Wire.Ten}}}""", Id)]
    [InlineData("K", "y_true", $$"""{"id": {{Id}}, "body": 295.0}""", Id)]
    public void Read_OfEveryDialect_GivesIdAndValue(string dialect, string queue, string message, string token)
    {
        var (id, values, rejection) = Wire.Read(queue, Wire.Bytes(message));

        Assert.True(rejection is null, $"{dialect}: {rejection}");
        Assert.Equal(token, id!.Value.Token);
        Assert.Equal(queue switch { "features" => Wire.TenNumbers, "notification" => [], _ => [295.0] }, values);
    }

    [Theory]
    [InlineData("""{"message_id": "m-1", "body": 295.0}""", "\"m-1\"")]
    [InlineData("""{"message_id": 3, "ts": 2, "id": 1, "body": 295.0}""", "1")]
    [InlineData("""{"message_id": 3, "ts": 2, "body": 295.0}""", "2")]
    [InlineData("""{"body": 295.0, "id": 1}""", "1")]
    [InlineData("""{"y": 1.0, "y_true": 2.0, "body": 295.0, "value": 3.0, "id": 1}""", "1")]
    [InlineData("""{"value": 3.0, "y": 1.0, "y_true": 295.0, "id": 1}""", "1")]
    [InlineData("""{"value": "x", "body": 295.0, "id": 1}""", "1")]
    [InlineData("""{"value": 3, "value": 4, "body": 295.0, "id": 1}""", "1")]
    [InlineData("""{"id": 1, "body": 295.0, "extra": {"a": [1, {"b": null}], "id": 9, "body": []}}""", "1")]
    [InlineData("""{"id": 1, "body": 295.0, "extra": [NaN, -Infinity, "NaN\"", {"x": Infinity}]}""", "1")]
    [InlineData("""{"id": 1, "body": 295.0, "6fa459ea-ee8a-3ca4-894e-db77e160355e": 3}""", "1")]
    [InlineData("""{"\u0069d": 1, "b\u006fdy": 2.95e2}""", "1")]
    [InlineData("\uFEFF{\"id\": 1, \"body\": 295}", "1")]
    [InlineData(" \r\n\t{ \"id\" :1 ,\"body\": 295 }\r\n ", "1")]
    [InlineData("""{"6fa459eaee8a3ca4894edb77e160355e": 295}""", "\"6fa459eaee8a3ca4894edb77e160355e\"")]
    public void Read_OfNamesInAnyOrderAndCompany_GoesByTheirRank(string message, string token)
    {
        var (id, values, rejection) = Wire.Read("y_true", Wire.Bytes(message));

        Assert.Null(rejection);
        Assert.Equal(token, id!.Value.Token);
        Assert.Equal([295.0], values);
    }

    [Theory]
    [InlineData("""{"id": 1, "body": 2, "model": "champion"}""", "champion")]
    [InlineData("""{"model": "challenger", "id": 1, "body": 2}""", "challenger")]
    [InlineData("""{"id": 1, "body": 2}""", null)]
    [InlineData("""{"id": 1, "body": 2, "model": ""}""", null)]
    [InlineData("""{"id": 1, "body": 2, "model": {"name": "x"}}""", null)]
    [InlineData("""{"id": 1, "body": 2, "model": null}""", null)]
    public void ReadYPred_WithAModel_KeepsItsName(string message, string? model)
    {
        var codec = new WireCodec(new WireOptions());

        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(model, codec.ReadYPred(Wire.Bytes(message)).Value.Model);
        }

        Assert.Null(codec.ReadYTrue(Wire.Bytes(message)).Value.Model);
    }

    [Theory]
    [InlineData(256, true)]
    [InlineData(257, false)]
    public void ReadYPred_WithAModelOfThisLength_KeepsItsNameIfItIsOne(int length, bool kept)
    {
        var name = new string('m', length);
        var half = new WireCodec(new WireOptions()).ReadYPred(Wire.Bytes($$"""{"id": 1, "y_pred": 2, "model": "{{name}}"}""")).Value;

        Assert.Equal(kept ? name : null, half.Model);
    }

    [Fact]
    public void ReadFeatures_ByNamesWithMoreThanTheModelHas_TakesThoseOfTheModel()
    {
        var codec = new WireCodec(new WireOptions { FeatureNames = ["b", "a"] });

        var vector = codec.ReadFeatures(Wire.Bytes("""{"id": 1, "body": {"a": 1, "target": [], "b": 2, "c": "x"}}""")).Value;

        Assert.Equal([2.0, 1.0], vector.Values.ToArray());
    }

    [Fact]
    public void Read_WithUnifiedIds_JoinsTextAndNumber()
    {
        var codec = new WireCodec(new WireOptions { UnifyIds = true });

        Assert.Equal(
            codec.ReadYTrue(Wire.Bytes($$"""{"id": "{{Id}}", "body": 1}""")).Value.Id,
            codec.ReadYPred(Wire.Bytes($$"""{"id": {{Id}}, "body": 1}""")).Value.Id);
    }
}
