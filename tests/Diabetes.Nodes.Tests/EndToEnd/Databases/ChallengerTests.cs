using System.Globalization;
using Diabetes.Domain.Models;
using Diabetes.Nodes.Tests.Support;
using Diabetes.Nodes.Tests.Support.Brokers;
using Diabetes.Nodes.Tests.Support.Processes;
using Xunit.Abstractions;

namespace Diabetes.Nodes.Tests.EndToEnd.Databases;

/// <summary>
/// Runs a challenger beside the champion: two model nodes answer the same features, each from its own queue, and both are compared with
/// the same labels.
/// </summary>
public sealed class ChallengerTests(ITestOutputHelper output, BrokerFixture broker, DatabaseFixture databases) : StageTest(output)
{
    private const int Ids = 50;
    private const double Truth = 100;
    private static readonly double[] Features = [0.5, 1, 2, 3, 4, 5, 6, 7, 8, 9];

    [Fact]
    public async Task TwoModels_OverACsvLedger_AreBothJoinedWithEveryLabel()
    {
        await RunAsync([], () => Stage.Ledger.UntilRowsAsync(2 * Ids));

        Assert.Equal(
            Enumerable.Range(0, Ids)
                .SelectMany(Expected)
                .Select(row => (row.Id, Truth, row.Prediction, Math.Abs(Truth - row.Prediction)))
                .Order(),
            Stage.Ledger.Rows.Select(row => Row(row.Split(','))).Order());
    }

    [Fact]
    public async Task TwoModels_OverPostgres_AreBothJoinedWithEveryLabelAndNamed()
    {
        var database = await databases.CreateAsync();
        var config = Stage.File("postgres.conf");
        await File.WriteAllTextAsync(config, database.Configuration);

        await RunAsync(["--config", config], () => database.UntilRowsAsync(2 * Ids));

        var rows = (await database.SqlAsync("SELECT id, y_pred, model FROM diabetes.ledger")).Split('\n').Select(row => row.Split('|'));
        Assert.Equal(
            Enumerable.Range(0, Ids).SelectMany(Expected).Order(),
            rows.Select(row => (row[0], Number(row[1]), row[2])).Order());
    }

    private protected override Task<Stage> OpenAsync() => Stage.OpenAsync(broker);

    private static IEnumerable<(string Id, double Prediction, string Model)> Expected(int id)
    {
        var champion = ModelFile.Read(File.ReadAllBytes(Repository.Model), Repository.Model).ToModel();
        yield return ($"{id}", champion.Predict(Features), "champion");
        yield return ($"{id}", Features.Sum(), "challenger");
    }

    private static (string, double, double, double) Row(string[] cells) => (cells[0], Number(cells[1]), Number(cells[2]), Number(cells[3]));

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>Every id's features to both models, its label once, and a prediction of somebody whom nobody expects.</summary>
    private async Task RunAsync(string[] store, Func<Task> untilJoined)
    {
        var metric = Stage.Node("metric", ["--set", "metric.models=champion, challenger", .. store]);
        var champion = Stage.Node("model", "--set", "model.name=champion");
        var challenger = Stage.Node(
            "model",
            "--set",
            "model.name=challenger",
            "--set",
            "queues.features.name=features_challenger",
            "--set",
            $"model.file={await SumModelAsync()}");
        await Task.WhenAll(
            metric.LineAsync("Consuming y_true"),
            metric.LineAsync("Consuming y_pred"),
            champion.LineAsync("Consuming features"),
            challenger.LineAsync("Consuming features_challenger"));

        await using var pika = new PikaPublisher(Stage.Host.Uri);
        var body = string.Join(", ", Features.Select(feature => feature.ToString(CultureInfo.InvariantCulture)));
        await pika.SendAsync(Enumerable.Range(0, Ids).SelectMany(id => (IEnumerable<(string, string)>)
        [
            ("features", $$"""{"id": {{id}}, "body": [{{body}}]}"""),
            ("features_challenger", $$"""{"id": {{id}}, "body": [{{body}}]}"""),
            ("y_true", $$"""{"id": {{id}}, "body": {{Truth}}}"""),
        ]));
        await pika.SendAsync(("y_pred", """{"id": 0, "body": 1.0, "model": "nobody"}"""));
        await untilJoined();
        await Stage.Quarantine.UntilEntriesAsync(1);
        await Task.WhenAll(metric.StopAsync(), champion.StopAsync(), challenger.StopAsync());

        Assert.Equal("UnexpectedModel", Assert.Single(Stage.Quarantine.Lines).Reason);
        Assert.Equal(1, metric.Output.Count($"y_true {2 * Ids} received = {2 * Ids} joined"));
        Assert.Equal(1, metric.Output.Count($"y_pred {(2 * Ids) + 1} received = {2 * Ids} joined"));
    }

    private async Task<string> SumModelAsync()
    {
        var file = Stage.File("sum.json");
        var trained = ModelFile.Read(await File.ReadAllBytesAsync(Repository.Model), Repository.Model);
        var sum = trained with { Kind = ModelKind.Sum, Coefficients = [.. Features.Select(_ => 1.0)], Intercept = 0 };
        await File.WriteAllBytesAsync(file, ModelFile.Write(sum));
        return file;
    }
}
