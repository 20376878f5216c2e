using Diabetes.Nodes.Tests.Support;
using Diabetes.Nodes.Tests.Support.Brokers;
using Diabetes.Nodes.Tests.Support.Logs;
using Diabetes.Nodes.Tests.Support.Processes;
using Xunit.Abstractions;

namespace Diabetes.Nodes.Tests.EndToEnd.FourProcesses;

/// <summary>The four nodes as production runs them: a process each, a RabbitMQ between them.</summary>
public sealed class FourProcessTests(ITestOutputHelper output, BrokerFixture broker) : StageTest(output)
{
    [Fact]
    public async Task FourProcesses_WithACount_FillLedgerAndPictureAndLeaveTheQueuesEmpty()
    {
        TestProcess[] servers = [Stage.Node("metric"), Stage.Node("model"), Stage.Node("plot", "--set", "plot.interval=500ms")];
        var features = Stage.Node("features", "--rate", "1000", "--count", "5000", "--seed", "1");

        Assert.Equal(0, await features.ExitAsync());
        Assert.Equal(1, features.Output.Count("sent 5000 rows"));
        await Stage.Ledger.UntilRowsAsync(5000);
        Assert.Equal("5000 rows are right", await Stage.CheckLedgerAsync());
        await PictureOfAsync("5,000");
        Assert.Equal((1600, 1000), PictureFile.SizeOf(Stage.LogFile("error_distribution.png")));

        await Stage.Host.UntilEmptyAsync();
        await Task.WhenAll(servers.Select(node => node.StopAsync()));
        Assert.Equal("5000 rows are right", await Stage.CheckLedgerAsync());
        await AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task FourProcesses_SeveralAtOnceStoppedInMidStream_OweNothing()
    {
        TestProcess[] servers = [Stage.Node("metric"), Stage.Node("plot")];
        var model = Stage.Node("model");
        var features = Stage.Node("features", "--rate", "1000", "--label-delay", "uniform(0s, 10s)");
        await Stage.Ledger.UntilRowsAsync(200);

        await model.StopAsync();
        await features.StopAsync();
        model = Stage.Node("model");

        var sent = features.Output.NumberIn("sent (.*) rows");
        await Stage.Ledger.UntilRowsAsync(sent);
        await Stage.Host.UntilEmptyAsync();
        await Task.WhenAll(servers.Append(model).Select(node => node.StopAsync()));
        Assert.Equal($"{sent} rows are right", await Stage.CheckLedgerAsync());
        await AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task Metric_StoppedWithHalvesWaiting_KeepsThemAndJoinsThemLater()
    {
        string[] ids = [.. Enumerable.Range(0, 50).Select(i => $"half-{i}")];
        await using var pika = new PikaPublisher(Stage.Host.Uri);
        var metric = Stage.Node("metric", "--set", "metric.spill-after=10m", "--set", "metric.report-interval=100ms");
        await pika.SendAsync(ids.Select(id => ("y_true", $$"""{"id": "{{id}}", "body": 151.0}""")));
        await metric.LineAsync("unsettled y_true 50,");

        await metric.StopInTimeAsync();
        await AssertNothingIsLeftAsync();
        Assert.Equal(1, metric.Output.Count("50 halves were spilled"));
        Assert.Empty(Stage.Ledger.Rows);

        metric = Stage.Node("metric");
        await pika.SendAsync(ids.Select(id => ("y_pred", $$"""{"id": "{{id}}", "body": 151.5}""")));
        await Stage.Ledger.UntilRowsAsync(50);
        Assert.Equal(ids.Select(id => $"{id},151.0,151.5,0.5").Order(), Stage.Ledger.Rows.Order());
        await metric.StopAsync();
        await AssertNothingIsLeftAsync();
    }

    /// <summary>What the kill cut off between store and broker comes again, and is a duplicate then.</summary>
    [Fact]
    public async Task Metric_KilledInMidStreamAndStartedAgain_HasEachIdOnce()
    {
        var (model, plot) = (Stage.Node("model"), Stage.Node("plot"));
        var metric = Stage.Node("metric", "--set", "metric.report-interval=100ms");
        var features = Stage.Node("features", "--rate", "2000", "--count", "6000", "--label-delay", "uniform(0s, 1s)");
        await Stage.Ledger.UntilRowsAsync(1000);

        // It holds predictions that it has not settled: their labels come up to a second later.
        await metric.MatchAsync(@"unsettled y_true \d+, y_pred [1-9]");
        await metric.KillAsync();
        metric = Stage.Node("metric");

        Assert.Equal(0, await features.ExitAsync());
        await FileWatch.UntilAsync(
            Stage.Ledger.Path,
            () => Stage.Ledger.Ids.Distinct().Count() == 6000,
            () => $"{Stage.Ledger.Ids.Distinct().Count()} ids of 6000 are in the ledger.");
        await Stage.Host.UntilEmptyAsync();
        await model.StopAsync();
        await metric.StopAsync();
        await plot.StopAsync();
        Assert.Equal("6000 rows are right", await Stage.CheckLedgerAsync());
        await AssertNothingIsLeftAsync();
    }

    private protected override Task<Stage> OpenAsync() => Stage.OpenAsync(broker);

    /// <summary>Waits until a picture shows <paramref name="samples"/>.</summary>
    private Task PictureOfAsync(string samples)
    {
        var svg = Stage.LogFile("error_distribution.svg");
        return FileWatch.UntilAsync(
            svg,
            () => File.Exists(svg) && PictureFile.TextOf(svg).Contains(samples, StringComparison.Ordinal),
            () => $"There is no picture of {samples} rows.");
    }

    private async Task AssertNothingIsLeftAsync() =>
        Assert.All(await Stage.Host.QueuesAsync(), queue => Assert.Equal((queue.Key, QueueCounts.Empty), (queue.Key, queue.Value)));
}
