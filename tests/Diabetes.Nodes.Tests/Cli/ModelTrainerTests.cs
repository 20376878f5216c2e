using System.Security.Cryptography;
using Diabetes.Cli.Training;
using Diabetes.Domain.Models;
using Diabetes.Ledger.Datasets;
using Diabetes.Nodes.Tests.Support.Processes;

namespace Diabetes.Nodes.Tests.Cli;

public class ModelTrainerTests
{
    private const double Tolerance = 1e-6;

    [Fact]
    public void Train_OnTheDiabetesData_GivesScikitLearnsAnswer()
    {
        var dataset = Diabetes();
        var trained = ModelTrainer.Train(dataset, ModelKind.Linear, "diabetes.csv", "");

        Assert.Equal(152.13348416, trained.Intercept, Tolerance);
        Assert.Equal(43.27745203, trained.Metrics.Mae, Tolerance);
        Assert.Equal(206.11667725, trained.ToModel().Predict(dataset.Features(0).Span), Tolerance);
        Assert.Equal(53.47612876, trained.Metrics.Rmse, Tolerance);
        Assert.Equal(0.51774842, trained.Metrics.R2, Tolerance);
    }

    [Fact]
    public void Train_OnTheCommittedData_GivesTheCommittedFileByteForByte()
    {
        var bytes = File.ReadAllBytes(Repository.Dataset);
        var trained = ModelTrainer.Train(Diabetes(), ModelKind.Linear, "diabetes.csv", Convert.ToHexStringLower(SHA256.HashData(bytes)));

        Assert.Equal(File.ReadAllBytes(Repository.Model), ModelFile.Write(trained));
    }

    [Fact]
    public void Train_OfPointsOnAPlane_FindsThePlane()
    {
        var random = new Random(5);
        var rows = Enumerable.Range(0, 50).Select(_ => (A: random.NextDouble(), B: random.NextDouble())).Select(
            row => FormattableString.Invariant($"{row.A},{row.B},{7 + (2 * row.A) - (3 * row.B)}"));

        var trained = ModelTrainer.Train(Read("a,b,y\n" + string.Join('\n', rows)), ModelKind.Linear, "plane.csv", "");

        Assert.Equal([2.0, -3.0], trained.Coefficients, (expected, actual) => Math.Abs(expected - actual) < 1e-12);
        Assert.Equal(7, trained.Intercept, 1e-12);
        Assert.Equal(1, trained.Metrics.R2, 1e-12);
    }

    [Fact]
    public void Train_OfKindSum_PredictsTheSum()
    {
        var trained = ModelTrainer.Train(Read("a,b,y\n1,2,3\n4,5,10\n"), ModelKind.Sum, "sum.csv", "");

        Assert.Equal(9, trained.ToModel().Predict([4, 5]));
        Assert.Equal(0.5, trained.Metrics.Mae);
    }

    [Theory]
    [InlineData("a,b,y\n1,2,3\n4,5,6\n", "t.csv has 2 rows; 2 features and an intercept need at least 3. Add rows.")]
    [InlineData(
        "a,b,y\n1,2,3\n2,4,6\n3,6,1\n4,8,2\n",
        "t.csv: a feature is constant or a sum of others, so there is no single best fit. Remove it.")]
    [InlineData(
        "a,b,y\n1,5,3\n2,5,6\n3,5,1\n4,5,2\n",
        "t.csv: a feature is constant or a sum of others, so there is no single best fit. Remove it.")]
    [InlineData("a,y\n1,5\n", "t.csv has one row; a model needs at least two to be measured. Add rows.")]
    public void Train_OnRowsThatDetermineNothing_SaysSo(string text, string message) =>
        Assert.Equal(message, Assert.Throws<DatasetException>(() => ModelTrainer.Train(Read(text), ModelKind.Linear, "t.csv", "")).Message);

    [Theory]
    [InlineData(ModelKind.Linear)]
    [InlineData(ModelKind.Sum)]
    public void Predict_OfAnotherNumberOfFeatures_Throws(ModelKind kind)
    {
        var model = ModelTrainer.Train(Read("a,y\n1,2\n2,3\n3,5\n"), kind, "t.csv", "").ToModel();

        Assert.Equal(1, model.FeatureCount);
        Assert.Throws<ArgumentException>(() => model.Predict([1, 2]));
    }

    private static Dataset Diabetes() => Read(File.ReadAllText(Repository.Dataset));

    private static Dataset Read(string text) => DatasetReader.Read(new StringReader(text), "t.csv");
}
