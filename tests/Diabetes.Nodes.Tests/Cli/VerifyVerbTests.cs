using System.CommandLine;
using Diabetes.Cli.Verbs;
using Diabetes.Ledger.Disk;

namespace Diabetes.Nodes.Tests.Cli;

public sealed class VerifyVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("verify-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Verify_NothingThere_SaysWhereToLook()
    {
        var (code, _, error) = await RunAsync();
        Assert.Equal(1, code);
        Assert.Contains("--logs DIR", error, StringComparison.Ordinal);
        Assert.Equal(1, (await RunAsync("--repair")).Code);
    }

    [Fact]
    public async Task Verify_LedgerOnly_IsRepairedAndThenAgrees()
    {
        var ledger = Path.Combine(_folder, "metric_log.csv");
        await File.WriteAllTextAsync(ledger, "id,y_true,y_pred,absolute_error\n1.5,1.0,3.0,2.0\n");

        var (code, output, error) = await RunAsync("--repair");

        Assert.Equal((0, ""), (code, error));
        Assert.Contains(
            "y_true   1 received = 1 joined + 0 pending + 0 orphaned + 0 duplicates + 0 quarantined\n", output, StringComparison.Ordinal);
        Assert.EndsWith("ledger   1 row, 0 late\nEverything agrees.\n", output, StringComparison.Ordinal);

        await File.WriteAllTextAsync(ledger, "id,y_true,y_pred,absolute_error\n1.5,1.0,4.0,3.0\n");
        Assert.Equal(1, (await RunAsync()).Code);
    }

    [Fact]
    public async Task Verify_RotatedLedger_IsOneLedger()
    {
        const string header = "id,y_true,y_pred,absolute_error\n";
        await File.WriteAllTextAsync(Path.Combine(_folder, "metric_log.1.csv"), header + "1.5,1.0,3.0,2.0\n2.5,1.0,3.0,2.0\n");
        await File.WriteAllTextAsync(Path.Combine(_folder, "metric_log.2.csv"), header + "3.5,1.0,3.0,2.0\n");

        var (code, output, error) = await RunAsync("--repair");

        Assert.Equal((0, ""), (code, error));
        Assert.EndsWith("ledger   3 rows, 0 late\nEverything agrees.\n", output, StringComparison.Ordinal);

        File.Delete(Path.Combine(_folder, "metric_log.1.csv"));
        (code, _, error) = await RunAsync();
        Assert.Equal(1, code);
        Assert.Contains("lacks rows that the index has: 2", error, StringComparison.Ordinal);
        Assert.Contains("'metric_log.1.csv'", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Repair_StoreInUse_SaysSo()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "metric_log.csv"), "id,y_true,y_pred,absolute_error\n1.5,1.0,3.0,2.0\n");
        Assert.Equal(0, (await RunAsync("--repair")).Code);
        using var node = LocalDisk.Instance.Lock(Path.Combine(_folder, "metric.db.lock"));

        var (code, _, error) = await RunAsync("--repair");

        Assert.Equal(1, code);
        Assert.Contains("in use by another process", error, StringComparison.Ordinal);
        Assert.Contains("Stop the other process", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Repair_LedgerCut_SaysWhyAndHowManyRowsAreGone()
    {
        var ledger = Path.Combine(_folder, "metric_log.csv");
        await File.WriteAllTextAsync(ledger, "id,y_true,y_pred,absolute_error\n1.5,1.0,3.0,2.0\n2.5,1.0,3.0,2.0\n");
        Assert.Contains("There was no old store.", (await RunAsync("--repair")).Output, StringComparison.Ordinal);
        await File.WriteAllTextAsync(ledger, "id,y_true,y_pred,absolute_error\n1.5,1.0,3.0,2.0\n");

        var (code, output, error) = await RunAsync("--repair");

        Assert.Equal((0, ""), (code, error));
        Assert.Contains("bytes where", output, StringComparison.Ordinal);
        Assert.Contains("1 rows of the old store are in no file here, and no segment is missing", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Repair_NodeWasKilled_SaysThatItsLogBelongsToTheCopy()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "metric_log.csv"), "id,y_true,y_pred,absolute_error\n1.5,1.0,3.0,2.0\n");
        await RunAsync("--repair");
        await File.WriteAllTextAsync(Path.Combine(_folder, "metric.db-wal"), "");

        var (code, output, error) = await RunAsync("--repair");

        Assert.Equal((0, ""), (code, error));
        Assert.Contains("-wal. To return to it, delete the store's own -wal file and rename both", output, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(_folder, "metric.db.2*-wal"));
    }

    [Fact]
    public async Task Repair_NoIndexAndASegmentArchived_AsksForTheWordToDoWithout()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "metric_log.2.csv"), "id,y_true,y_pred,absolute_error\n1.5,1.0,3.0,2.0\n");

        var (code, _, error) = await RunAsync("--repair");

        Assert.Equal(1, code);
        Assert.Contains("('metric_log.1.csv')", error, StringComparison.Ordinal);
        Assert.Contains("--without-archived", error, StringComparison.Ordinal);
        Assert.Equal((0, ""), await RunAsync("--repair", "--without-archived") is var (done, _, said) ? (done, said) : default);
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        await using StringWriter output = new() { NewLine = "\n" }, error = new() { NewLine = "\n" };
        var line = new RootCommand { VerifyVerb.Create() }.Parse(["verify", "--logs", _folder, .. args]);
        var code = await line.InvokeAsync(new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }
}
