using System.CommandLine;
using Diabetes.Cli.Verbs;
using Diabetes.Nodes.Tests.Support;
using Diabetes.Nodes.Tests.Support.Brokers;
using Diabetes.Nodes.Tests.Support.Logs;
using Diabetes.Nodes.Tests.Support.Processes;
using Xunit.Abstractions;

namespace Diabetes.Nodes.Tests.EndToEnd.Disks;

/// <summary>
/// Runs a metric node whose disk or store file fails: it says what is wrong, loses nothing, and goes on by itself where that is possible.
/// </summary>
public sealed class StoreFaultTests(ITestOutputHelper output, BrokerFixture broker) : StageTest(output)
{
    private static readonly string[] Reports = ["--set", "metric.report-interval=100ms"];

    public static TheoryData<string> Disks => SmallDisk.Kinds;

    public static TheoryData<string> Folders => ReadOnlyFolder.Kinds;

    [Theory]
    [MemberData(nameof(Disks))]
    public async Task Disk_Full_IsSaidOnceAndTheRowsComeWhenItIsFreed(string kind)
    {
        var disk = SmallDisk.Of(kind, Stage.Logs);
        var metric = Stage.NodeBy(disk.Programs, "metric", Reports);
        await metric.LineAsync("Consuming y_pred");
        await using var pika = new PikaPublisher(Stage.Host.Uri);
        await pika.SendAsync(Pairs(0, 20));
        await metric.LineAsync(" 20 rows;");
        await disk.FillAsync(metric);

        await pika.SendAsync(Pairs(20, 400));
        var said = await metric.LineAsync("Could not write to the store:");
        Assert.Contains("nothing is lost", said, StringComparison.OrdinalIgnoreCase);
        await disk.FreeAsync(metric);

        await metric.LineAsync("Writing to the store works again");
        await metric.LineAsync(" 400 rows;");
        Assert.Equal(1, metric.Output.Count("Could not write to the store"));
        Assert.Equal(Ids(0, 400), new CsvLedger(metric.Sees(Stage.Ledger.Path)).Ids.Order());
        await metric.StopAsync();
        await AssertNothingIsLeftAsync();
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public async Task Folder_ReadOnly_IsRefusedAtTheStart(string kind)
    {
        var metric = Stage.NodeBy(ReadOnlyFolder.Programs(kind, Stage.Logs), "metric");

        Assert.Equal(2, await metric.ExitAsync());
        Assert.Contains("option --logs: logs.path", metric.Output.Errors, StringComparison.Ordinal);
        Assert.Contains("a folder that this user can make and write to", metric.Output.Errors, StringComparison.Ordinal);
        Assert.Contains(ReadOnlyFolder.Reason(kind), metric.Output.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Store_LockedByAnotherProgram_IsSaidOnceAndTheRowsComeWhenItIsFree()
    {
        var metric = Stage.Node("metric", Reports);
        await metric.LineAsync("Consuming y_pred");
        await using var browser = PythonScript.Start("lock_store.py", Stage.LogFile("metric.db"));
        await browser.LineAsync("locked");
        await using var pika = new PikaPublisher(Stage.Host.Uri);
        await pika.SendAsync(Pairs(0, 50));

        var said = await metric.LineAsync("Could not write to the store:");
        Assert.Contains("locked by another program", said, StringComparison.Ordinal);
        Assert.Contains("Close that program", said, StringComparison.Ordinal);
        Assert.Empty(Stage.Ledger.Rows);
        await browser.TellAsync("");

        await metric.LineAsync("Writing to the store works again");
        await Stage.Ledger.UntilRowsAsync(50);
        await metric.StopAsync();
        Assert.Equal(Ids(0, 50), Stage.Ledger.Ids.Order());
        Assert.Equal(1, metric.Output.Count("Could not write to the store"));
        await AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task Store_DamagedBetweenTwoRuns_SaysWhatToRunAndThatMendsIt()
    {
        await using var pika = new PikaPublisher(Stage.Host.Uri);
        var metric = Stage.Node("metric");
        await metric.LineAsync("Consuming y_pred");
        await pika.SendAsync(Pairs(0, 50));
        await Stage.Ledger.UntilRowsAsync(50);
        await metric.StopAsync();
        await File.WriteAllTextAsync(Stage.LogFile("metric.db"), new string('x', 10_000));

        var refused = Stage.Node("metric");
        Assert.Equal(2, await refused.ExitAsync());
        Assert.Contains("metric.store: The store", refused.Output.Errors, StringComparison.Ordinal);
        Assert.Contains("damaged", refused.Output.Errors, StringComparison.Ordinal);
        Assert.Contains("diabetes verify --repair", refused.Output.Errors, StringComparison.Ordinal);
        await using var said = new StringWriter();
        var verify = new RootCommand { VerifyVerb.Create() }.Parse(["verify", "--repair", "--logs", Stage.Logs]);
        Assert.Equal(0, await verify.InvokeAsync(new InvocationConfiguration { Output = said, Error = said }));

        // What came before comes again, as after a crash; only what is new is a new row.
        metric = Stage.Node("metric");
        await metric.LineAsync("Consuming y_pred");
        await pika.SendAsync(Pairs(0, 60));
        await Stage.Ledger.UntilRowsAsync(60);
        await metric.StopAsync();
        Assert.Equal(Ids(0, 60), Stage.Ledger.Ids.Order());
        await AssertNothingIsLeftAsync();
    }

    private protected override Task<Stage> OpenAsync() => Stage.OpenAsync(broker);

    private static IEnumerable<(string Queue, string Body)> Pairs(int from, int to) =>
        Enumerable.Range(from, to - from).SelectMany(id => (IEnumerable<(string, string)>)
            [("y_true", $$"""{"id": {{id}}, "body": 151.0}"""), ("y_pred", $$"""{"id": {{id}}, "body": 150.5}""")]);

    private static IEnumerable<string> Ids(int from, int to) => Enumerable.Range(from, to - from).Select(id => $"{id}").Order();

    private async Task AssertNothingIsLeftAsync() =>
        Assert.All(await Stage.Host.QueuesAsync(), queue => Assert.Equal((queue.Key, QueueCounts.Empty), (queue.Key, queue.Value)));
}
