using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Diabetes.Domain.Models;
using Diabetes.Domain.Wire;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Diabetes.Domain.Tests.Models;

public class ModelFileTests
{
    private static readonly Gen<double> Numbers = Gen.OneOf(
        ArbMap.Default.GeneratorFor<NormalFloat>().Select(number => number.Get),
        Gen.Elements(0.0, -0.0, 1, Math.ScaleB(1, -25), Math.ScaleB(1, -958), double.MaxValue, 5e-324));

    private static readonly Gen<TrainedModel> Models =
        from kind in Gen.Elements(ModelKind.Linear, ModelKind.Sum)
        from count in Gen.Choose(1, 12)
        from coefficients in Numbers.ArrayOf(count)
        from intercept in Numbers
        from mae in Numbers
        from name in Gen.Elements("diabetes.csv", "é \"x\" <y>.csv", "表.csv")
        select new TrainedModel(
            kind, [.. coefficients.Select((_, i) => $"f{i}")], coefficients, intercept, new(name, "abc", 442), new(mae, intercept, mae));

    // A row of the diabetes dataset.
    private static readonly double[] FirstRow =
    [
        0.038075906433423026, 0.05068011873981862, 0.061696206518683294, 0.0218723855140367, -0.04422349842444599, -0.03482076283769895,
            -0.04340084565202491, -0.002592261998183278, 0.019907486170462722, -0.01764612515980379,
    ];

    [Fact]
    public void Read_OfTheCommittedModel_PredictsTheFirstRow()
    {
        var model = ModelFile.Read(Files.Model, "diabetes-linear.json");

        Assert.Equal(206.11667725, model.ToModel().Predict(FirstRow), 1e-6);
        Assert.Equal(WireOptions.DiabetesFeatures, model.FeatureNames);
        Assert.Equal(442, model.TrainedOn.Rows);
    }

    [Fact]
    public void Write_AndRead_OfAnyModel_GivesItBackBitForBit() => Prop.ForAll(Models.ToArbitrary(), model =>
    {
        var read = ModelFile.Read(ModelFile.Write(model), "m.json");

        Assert.Equal(model.Coefficients.Select(BitConverter.DoubleToInt64Bits), read.Coefficients.Select(BitConverter.DoubleToInt64Bits));
        Assert.Equal(model.FeatureNames, read.FeatureNames);
        Assert.Equal(model, read with { Coefficients = model.Coefficients, FeatureNames = model.FeatureNames });
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Read_OfAFileThatWasReformatted_StillReads()
    {
        using var json = JsonDocument.Parse(Files.Model);

        var read = ModelFile.Read(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(json)), "m.json");

        Assert.Equal(ModelFile.Read(Files.Model, "m.json").Intercept, read.Intercept);
    }

    /// <summary>Changes each digit of the file: the change is detected unless the number stays the same.</summary>
    [Fact]
    public void Read_OfAFileWithOneDigitChanged_SaysSo()
    {
        var file = Files.Model;
        var found = 0;
        foreach (var at in Enumerable.Range(0, file.Length).Where(i => char.IsAsciiDigit((char)file[i])))
        {
            var changed = file.ToArray();
            changed[at] = (byte)(file[at] == '9' ? '1' : file[at] + 1);
            try
            {
                Assert.Equal(file, ModelFile.Write(ModelFile.Read(changed, "m.json")));
            }
            catch (ModelFileException e)
            {
                Assert.StartsWith("m.json", e.Message, StringComparison.Ordinal);
                found++;
            }
        }

        Assert.InRange(found, 250, file.Length);
    }

    [Theory]
    [InlineData("", "m.json, line 1: not valid JSON.")]
    [InlineData("{", "m.json, line 1: not valid JSON.")]
    [InlineData("[]", "m.json: an object was expected.")]
    [InlineData("{}", "m.json: kind is missing.")]
    public void Read_OfWhatIsNoModel_SaysWhere(string text, string message) => AssertRefused(text, message);

    [Theory]
    [InlineData("kind", "\"forest\"", "m.json, kind: \"forest\" is not a kind of model; use linear or sum.")]
    [InlineData("features", "3", "m.json, features: a list was expected.")]
    [InlineData("features", "[1]", "m.json, features[0]: a string was expected.")]
    [InlineData("features", "[]", "m.json, coefficients: 10 numbers for 0 features; one for each feature was expected.")]
    [InlineData("coefficients", "[1, \"2\"]", "m.json, coefficients[1]: a finite number was expected.")]
    [InlineData("coefficients", "[1, 2]", "m.json, coefficients: 2 numbers for 10 features; one for each feature was expected.")]
    [InlineData("intercept", "1e999", "m.json, intercept: a finite number was expected.")]
    [InlineData("trainedOn", "{}", "m.json, trainedOn: dataset is missing.")]
    [InlineData("trainedOn", "{\"dataset\": \"d\", \"sha256\": \"s\", \"rows\": 0}",
        "m.json, trainedOn.rows: a whole number above 0 was expected.")]
    [InlineData("metrics", "null", "m.json, metrics: an object was expected.")]
    [InlineData("sha256", "\"\\ud800\"", "m.json: a string is not valid Unicode: it holds half of a surrogate pair.")]
    [InlineData("intercept", "152", "m.json: the content was changed after the model was trained")]
    public void Read_OfAMemberThatIsWrong_SaysWhich(string member, string value, string message)
    {
        var file = new StringBuilder("{");
        foreach (var (name, node) in JsonNode.Parse(Files.Model)!.AsObject())
        {
            file.Append($"\"{name}\": {(name == member ? value : node!.ToJsonString())},");
        }

        AssertRefused(file.ToString().TrimEnd(',') + "}", message);
    }

    [Fact]
    public void Write_OfAModelThatIsNotFinite_Throws()
    {
        var model = ModelFile.Read(Files.Model, "m.json");

        Assert.Throws<ArgumentException>(() => ModelFile.Write(model with { Intercept = double.NaN }));
    }

    private static void AssertRefused(string text, string message) =>
        Assert.StartsWith(
            message,
            Assert.Throws<ModelFileException>(() => ModelFile.Read(Encoding.UTF8.GetBytes(text), "m.json")).Message,
            StringComparison.Ordinal);
}
