using Diabetes.Nodes.Tests.Support;
using Diabetes.Nodes.Tests.Support.Brokers;
using Diabetes.Nodes.Tests.Support.Logs;
using Diabetes.Nodes.Tests.Support.Processes;
using Xunit.Abstractions;

namespace Diabetes.Nodes.Tests.EndToEnd.Pika;

/// <summary>Plain Python services in the places of ours, one after the other. Neither side may notice.</summary>
public sealed class PikaTests(ITestOutputHelper output, BrokerFixture broker) : StageTest(output)
{
    private const int Count = 300;

    [Fact]
    public async Task PythonFeatures_OurModelAndMetric_FillTheLedger()
    {
        TestProcess[] ours = [Stage.Node("model"), Stage.Node("metric")];

        await SendRowsAsync();

        await Stage.Ledger.UntilRowsAsync(Count);
        Assert.Equal($"{Count} rows are right", await Stage.CheckLedgerAsync());
        await Task.WhenAll(ours.Select(node => node.StopAsync()));
        Assert.Empty(Stage.Quarantine.Lines);
    }

    [Fact]
    public async Task PythonModel_OurFeaturesAndMetric_FillTheLedger()
    {
        var model = Stage.Service("model.py", "--model", Repository.Model);
        await model.LineAsync("waiting for features");
        var metric = Stage.Node("metric");

        var features = Stage.Node("features", "--rate", "1000", "--count", $"{Count}", "--label-delay", "100ms");

        Assert.Equal(0, await features.ExitAsync());
        await Stage.Ledger.UntilRowsAsync(Count);
        Assert.Equal($"{Count} rows are right", await Stage.CheckLedgerAsync());
        AssertIsWell(model);
        await metric.StopAsync();
        Assert.Empty(Stage.Quarantine.Lines);
    }

    [Fact]
    public async Task PythonMetric_OurFeaturesAndModel_WritesWhatOursWouldWrite()
    {
        var theirs = new CsvLedger(Stage.File("python/metric_log.csv"));
        Directory.CreateDirectory(Stage.File("python"));
        var metric = Stage.Service("metric.py", "--csv", theirs.Path, "--heard", Stage.File("python/heard"));
        await metric.LineAsync("waiting for halves");
        var model = Stage.Node("model");

        var features = Stage.Node("features", "--rate", "1000", "--count", $"{Count}", "--label-delay", "100ms");

        Assert.Equal(0, await features.ExitAsync());
        await theirs.UntilRowsAsync(Count);
        AssertIsWell(metric);
        await metric.KillAsync();
        await model.StopAsync();

        // The same messages once more, to ours: the same bytes, in whatever order.
        Stage.Node("metric");
        await using var pika = new PikaPublisher(Stage.Host.Uri);
        await pika.SendAsync(SharedFile.WholeLines(Stage.File("python/heard"))
            .Select(line => line.Split('\t'))
            .Select(half => (half[0], half[1])));
        await Stage.Ledger.UntilRowsAsync(Count);
        Assert.Equal(Sorted(theirs), Sorted(Stage.Ledger));
        Assert.Equal($"{Count} rows are right", await Stage.CheckLedgerAsync());
    }

    [Theory]
    [InlineData("features", "y_actual", "y_pred", "list", false)]
    [InlineData("features", "y_true", "y_pred", "named", true)]
    [InlineData("Features", "y_true", "y_predict", "pair", false)]
    [InlineData("X", "y_true", "y_pred", "list", true)]
    public async Task PythonNames_OurModelAndMetricAreToldThem_FillTheLedger(
        string features,
        string truth,
        string prediction,
        string shape,
        bool durable)
    {
        // The Python service declares its queues first; the nodes use them as they are.
        await SendRowsAsync(
            ["--features", features, "--y-true", truth, "--shape", shape, .. durable ? ["--durable"] : Array.Empty<string>()]);
        string[] names =
        [
            "--set", $"queues.features.name={features}",
            "--set", $"queues.y-true.name={truth}",
            "--set", $"queues.y-pred.name={prediction}",
        ];
        TestProcess[] ours = [Stage.Node("model", names), Stage.Node("metric", names)];

        await Stage.Ledger.UntilRowsAsync(Count);
        Assert.Equal($"{Count} rows are right", await Stage.CheckLedgerAsync());
        await Task.WhenAll(ours.Select(node => node.StopAsync()));
        var queues = await Stage.Host.QueuesAsync();
        Assert.Equal(QueueCounts.Empty with { Durable = durable }, queues[features]);
        Assert.Equal(QueueCounts.Empty with { Durable = durable }, queues[truth]);
        Assert.Equal(QueueCounts.Empty, queues[prediction]);
        Assert.Equal(3, queues.Count);
    }

    private protected override Task<Stage> OpenAsync() => Stage.OpenAsync(broker);

    private static void AssertIsWell(TestProcess service)
    {
        Assert.True(service.IsRunning, $"{service.Name} ended:\n{service.Output}");
        Assert.Equal("", service.Output.Errors);
    }

    private static string Sorted(CsvLedger ledger) => string.Join('\n', SharedFile.WholeLines(ledger.Path).Order(StringComparer.Ordinal));

    private async Task SendRowsAsync(params IEnumerable<string> arguments)
    {
        var features = Stage.Service("features.py", ["--dataset", Repository.Dataset, "--count", $"{Count}", .. arguments]);
        Assert.Equal(0, await features.ExitAsync());
        Assert.Equal("", features.Output.Errors);
    }
}
