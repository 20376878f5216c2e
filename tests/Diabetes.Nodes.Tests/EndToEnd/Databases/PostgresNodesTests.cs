using System.CommandLine;
using Diabetes.Cli.Verbs;
using Diabetes.Nodes.Tests.Support;
using Diabetes.Nodes.Tests.Support.Brokers;
using Diabetes.Nodes.Tests.Support.Logs;
using Diabetes.Nodes.Tests.Support.Processes;
using Xunit.Abstractions;

namespace Diabetes.Nodes.Tests.EndToEnd.Databases;

/// <summary>The nodes as a cluster runs them: a process each, a RabbitMQ between them, one PostgreSQL under them.</summary>
public sealed class PostgresNodesTests(ITestOutputHelper output, BrokerFixture broker, DatabaseFixture databases) : StageTest(output)
{
    private const string Asking = "Asking again until it answers";

    private StoreDatabase _database = null!;

    private string Config => Stage.File("postgres.conf");

    private string Exported => Stage.File("exported.csv");

    [Fact]
    public async Task TwoMetricNodes_OneKilledInMidStream_HaveEachIdOnceInOneLedger()
    {
        TestProcess[] metrics = [Node("metric", "--set", "metric.report-interval=100ms"), Node("metric")];
        TestProcess[] others = [Node("model"), Node("plot")];
        var features = Node("features", "--rate", "1500", "--count", "6000", "--label-delay", "uniform(0s, 2s)");
        await _database.UntilRowsAsync(1500);

        // It holds halves that it has not settled: the other half comes up to two seconds later.
        await metrics[0].MatchAsync(@"unsettled y_true \d+, y_pred [1-9]");
        await metrics[0].KillAsync();
        Assert.Equal(0, await features.ExitAsync());
        await _database.UntilRowsAsync(6000);
        await PictureOfAsync("6,000");
        await Stage.Host.UntilEmptyAsync();
        await Task.WhenAll(others.Append(metrics[1]).Select(node => node.StopAsync()));

        // What the kill cut off between store and broker comes again, as duplicates.
        Assert.Contains(" received = 6000 joined + 0 pending", await VerifyAsync(), StringComparison.Ordinal);
        Assert.Equal(0, metrics[1].Output.Count("do not add up"));
        await ExportAsync();
        Assert.Equal("6000 rows are right", await Stage.CheckLedgerAsync(Exported));
        Assert.Equal(await PythonsCsvAsync(), await File.ReadAllTextAsync(Exported));
        Assert.False(File.Exists(Stage.Ledger.Path), "There is a CSV ledger beside the database.");
        Assert.All(await Stage.Host.QueuesAsync(), queue => Assert.Equal((queue.Key, QueueCounts.Empty), (queue.Key, queue.Value)));
    }

    [Fact]
    public async Task Postgres_KilledInMidStream_IsSaidOnceAndNothingIsLost()
    {
        TestProcess[] nodes = [Node("metric", "--set", "metric.spill-after=200ms"), Node("plot"), Node("model")];
        var features = Node("features", "--rate", "1000", "--count", "4000", "--label-delay", "uniform(0s, 1s)");
        await _database.UntilRowsAsync(500);
        await _database.Server.KillOutrightAsync();
        try
        {
            // A commit that was under way is asked after; else the next one is refused.
            await await Task.WhenAny(nodes[0].LineAsync(Asking), nodes[0].LineAsync("Could not write to the store"));
            await nodes[1].LineAsync("The picture is not updated");
        }
        finally
        {
            await _database.Server.StartAsync();
        }

        Assert.Equal(0, await features.ExitAsync());
        await _database.UntilRowsAsync(4000);
        await PictureOfAsync("4,000");
        await Task.WhenAll(nodes.Select(node => node.StopAsync()));

        Assert.Contains("4000 joined", await VerifyAsync(), StringComparison.Ordinal);
        await ExportAsync();
        Assert.Equal("4000 rows are right", await Stage.CheckLedgerAsync(Exported));
        // The node logs each reason once: refused, reset, starting up.
        var reasons = nodes[0].Output.Lines
            .Where(line => line.Contains(Asking, StringComparison.Ordinal))
            .Select(line => line[line.IndexOf("PostgreSQL at", StringComparison.Ordinal)..]);
        Assert.Equal(reasons.Distinct(), reasons);
        Assert.InRange(nodes[0].Output.Count("Could not write to the store"), 0, 1);
        Assert.Equal(nodes[0].Output.Count("Could not write to the store"), nodes[0].Output.Count("Writing to the store works again"));
        Assert.Equal((1, 1), (nodes[1].Output.Count("The picture is not updated"), nodes[1].Output.Count("Reading the ledger")));
    }

    [Fact]
    public async Task Postgres_AwayWhenTheNodeDrainsAndBackInTime_LeavesNothing()
    {
        await using var pika = new PikaPublisher(Stage.Host.Uri);
        var metric = Node("metric", "--set", "drain-timeout=2m", "--set", "metric.report-interval=1h");
        await metric.LineAsync("Consuming y_pred");
        await _database.Server.KillOutrightAsync();
        try
        {
            await pika.SendAsync(
                [.. Enumerable.Range(0, 50).SelectMany(static id => new[] { PairHalf("y_true", id), PairHalf("y_pred", id) })]);
            await metric.LineAsync("Could not write to the store");
            await metric.SignalAsync("TERM");
            await metric.LineAsync("Draining, because of SIGTERM");
        }
        finally
        {
            await _database.Server.StartAsync();
        }

        Assert.Equal(0, await metric.ExitAsync());
        Assert.Equal(0, metric.Output.Count("Not drained"));
        Assert.Contains(" received = 50 joined + 0 pending", await VerifyAsync(), StringComparison.Ordinal);
        Assert.All(await Stage.Host.QueuesAsync(), queue => Assert.Equal((queue.Key, QueueCounts.Empty), (queue.Key, queue.Value)));

        static (string Queue, string Body) PairHalf(string queue, int id) => (queue, $$"""{"id":{{id}}.5,"body":1.5}""");
    }

    [Fact]
    public async Task Half_CameAfterItsDeadline_IsALateRowOfTheTableAndNotOfTheExport()
    {
        await using var pika = new PikaPublisher(Stage.Host.Uri);
        var metric = Node("metric", "--set", "metric.spill-after=10ms");
        await metric.LineAsync("Consuming y_pred");
        await pika.SendAsync(("y_true", """{"id": "late", "body": 151.0}"""));
        await _database.AgeAsync("late");
        await metric.LineAsync("for example that of id late: the other half did not arrive within");
        await pika.SendAsync(
            ("y_pred", """{"id": "late", "body": 150.5}"""),
            ("y_pred", """{"id": 1.5, "body": 2}"""),
            ("y_true", """{"id": 1.5, "body": 1}"""));
        await _database.UntilRowsAsync(2);
        await metric.StopAsync();

        Assert.Equal(
            "1.5|1|2|1|f\nlate|151|150.5|0.5|t",
            await _database.SqlAsync("SELECT id, y_true, y_pred, absolute_error, late FROM diabetes.ledger ORDER BY id"));
        Assert.Contains("ledger   1 row, 1 late", await VerifyAsync(), StringComparison.Ordinal);
        await ExportAsync();
        Assert.Equal("id,y_true,y_pred,absolute_error\n1.5,1.0,2.0,1.0\n", await File.ReadAllTextAsync(Exported));
    }

    [Fact]
    public async Task Verify_TablesChangedByHand_NamesWhatDiffers()
    {
        await using var metric = Node("metric");
        await metric.LineAsync("Opened the store in PostgreSQL");
        await _database.SqlAsync("INSERT INTO diabetes.ledger VALUES (1, 'n', '1', NULL, 1, 1, 0, false)");

        var (code, said, error) = await RunAsync("verify");

        Assert.Equal(1, code);
        Assert.Contains("y_true   0 received = 0 joined + 0 pending", said, StringComparison.Ordinal);
        Assert.Contains("rows of the ledger: the counts say 0, and the tables have 1", error, StringComparison.Ordinal);
        var repair = await RunAsync("verify", "--repair");
        Assert.Contains("--repair rebuilds the store of a CSV ledger", repair.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cli_NoStoreYet_SaysWhoMakesIt()
    {
        Assert.Contains("Start the metric node, which creates one", (await RunAsync("verify")).Error, StringComparison.Ordinal);
        var export = await RunAsync("export", "--out", Exported);
        Assert.Contains("Start the metric node, which creates it", export.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Exported));
    }

    private protected override async Task<Stage> OpenAsync()
    {
        _database = await databases.CreateAsync();
        var stage = await Stage.OpenAsync(broker);
        await File.WriteAllTextAsync(stage.File("postgres.conf"), _database.Configuration);
        return stage;
    }

    private TestProcess Node(string name, params string[] arguments) => Stage.Node(name, ["--config", Config, .. arguments]);

    private async Task<string> VerifyAsync()
    {
        var (code, said, error) = await RunAsync("verify");
        Assert.Equal((0, ""), (code, error));
        Assert.EndsWith("No pair can be in the ledger twice: its id is the primary key.\n", said, StringComparison.Ordinal);
        return said;
    }

    private async Task ExportAsync() => Assert.Equal(
        (0, ""),
        await RunAsync("export", "--out", Exported) is var (code, _, error) ? (code, error) : default);

    private async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        await using StringWriter said = new() { NewLine = "\n" }, error = new() { NewLine = "\n" };
        var line = new RootCommand { VerifyVerb.Create(), ExportVerb.Create() }.Parse([.. args, "--config", Config, "--logs", Stage.Logs]);
        var code = await line.InvokeAsync(new InvocationConfiguration { Output = said, Error = error });
        return (code, said.ToString(), error.ToString());
    }

    /// <summary>The rows of the table, by position, as Python's own csv module writes them.</summary>
    private async Task<string> PythonsCsvAsync()
    {
        var table = Stage.File("table.txt");
        await File.WriteAllTextAsync(table, await _database.SqlAsync(
            "SELECT id, y_true, y_pred, absolute_error FROM diabetes.ledger WHERE NOT late ORDER BY position"));
        await using var python = PythonScript.Start("write_ledger.py", table, Stage.File("python.csv"));
        Assert.True(await python.ExitAsync() == 0, $"{python.Output}");
        return await File.ReadAllTextAsync(Stage.File("python.csv"));
    }

    private Task PictureOfAsync(string samples)
    {
        var svg = Stage.LogFile("error_distribution.svg");
        return FileWatch.UntilAsync(
            svg,
            () => File.Exists(svg) && PictureFile.TextOf(svg).Contains(samples, StringComparison.Ordinal),
            () => $"There is no picture of {samples} rows.");
    }
}
