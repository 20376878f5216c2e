using Diabetes.Ledger.Csv;
using Diabetes.Nodes.Tests.Support;
using Diabetes.Nodes.Tests.Support.Logs;
using Xunit.Abstractions;

namespace Diabetes.Nodes.Tests.EndToEnd.AllInOne;

/// <summary>The four recipes in one process, with nothing installed.</summary>
public sealed class AllInOneTests(ITestOutputHelper output) : StageTest(output)
{
    [Fact]
    public async Task AllInOne_WithACount_EndsByItselfWithTheWholeLedgerAndThePicture()
    {
        var node = Stage.Node("all-in-one", "--rate", "1000", "--count", "5000", "--seed", "1");

        Assert.Equal(0, await node.ExitAsync());

        Assert.Equal("5000 rows are right", await Stage.CheckLedgerAsync());
        Assert.Equal((1600, 1000), PictureFile.SizeOf(Stage.LogFile("error_distribution.png")));
        Assert.Contains("5,000", PictureFile.TextOf(Stage.LogFile("error_distribution.svg")), StringComparison.Ordinal);
        Assert.Equal(1, node.Output.Count("sent 5000 rows"));
        Assert.Equal(1, node.Output.Count("joined 5000 pairs ("));
        Assert.Empty(Stage.Quarantine.Lines);
    }

    [Fact]
    public async Task AllInOne_AsFastAsItGoes_LosesNothing()
    {
        var node = Stage.Node("all-in-one", "--rate", "0", "--count", "20000");

        Assert.Equal(0, await node.ExitAsync());

        Assert.Equal("20000 rows are right", await Stage.CheckLedgerAsync());
    }

    [Fact]
    public async Task AllInOne_LedgerRotates_ThePictureHasEveryRow()
    {
        var node = Stage.Node(
            "all-in-one",
            "--rate",
            "0",
            "--count",
            "5000",
            "--set",
            "metric.ledger.rotate-size=20KiB",
            "--set",
            "metric.ledger.commit-rows=100",
            "--set",
            "plot.interval=100ms");

        Assert.Equal(0, await node.ExitAsync());

        // How large a batch is depends on the machine; but a file that is full is closed at the end, too.
        Assert.InRange(Directory.GetFiles(Path.GetDirectoryName(Stage.Ledger.Path)!, "metric_log.*.csv").Length, 1, 50);
        var rows = (await new CsvLedgerReader(Stage.Ledger.Path).ReadFromAsync(0, int.MaxValue, CancellationToken.None)).Rows;
        Assert.Equal((5000, 5000), (rows.Count, rows.DistinctBy(row => row.Id).Count()));
        Assert.Contains("5,000", PictureFile.TextOf(Stage.LogFile("error_distribution.svg")), StringComparison.Ordinal);
        Assert.Equal(0, node.Output.Count("start again from zero"));
    }

    [Fact]
    public async Task AllInOne_CtrlC_BringsEveryRowThatWasSentToTheLedger()
    {
        var node = Stage.Node("all-in-one", "--rate", "1000");
        await Stage.Ledger.UntilRowsAsync(500);

        await node.SignalAsync("INT");
        Assert.Equal(0, await node.ExitAsync());

        var sent = node.Output.NumberIn("sent (.*) rows");
        Assert.True(sent > 500, $"{sent} rows were sent.");
        Assert.Equal($"{sent} rows are right", await Stage.CheckLedgerAsync());
        Assert.Equal((1600, 1000), PictureFile.SizeOf(Stage.LogFile("error_distribution.png")));
    }

    [Fact]
    public async Task AllInOne_SameSeed_DrawsTheSameRows()
    {
        var first = await DrawAsync("7");

        Assert.Equal(300, first.Length);
        Assert.Equal(first, await DrawAsync("7"));
        Assert.NotEqual(first, await DrawAsync("8"));
    }

    private protected override Task<Stage> OpenAsync() => Task.FromResult(Stage.Open());

    /// <summary>The truths in the order in which they were drawn, which is that of their ids.</summary>
    private static async Task<string[]> DrawAsync(string seed)
    {
        await using var stage = Stage.Open();
        var node = stage.Node("all-in-one", "--rate", "0", "--count", "300", "--label-delay", "0s", "--seed", seed);
        Assert.True(await node.ExitAsync() == 0, $"{node.Output}");
        return
        [
            .. stage.Ledger.Rows
                .Select(row => row.Split(','))
                .OrderBy(cells => cells[0].PadRight(32, '0'), StringComparer.Ordinal)
                .Select(cells => cells[1]),
        ];
    }
}
