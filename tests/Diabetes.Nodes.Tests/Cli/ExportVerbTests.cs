using System.CommandLine;
using Diabetes.Cli;

namespace Diabetes.Nodes.Tests.Cli;

/// <summary>From a CSV ledger; from PostgreSQL it is tested with the nodes.</summary>
public sealed class ExportVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("export-").FullName;

    private string Ledger => Path.Combine(_folder, "metric_log.csv");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Export_LedgerOfAnotherDialect_IsWrittenAsOurs()
    {
        await File.WriteAllTextAsync(Ledger, "ts;y_pred;y_true\r\n1.5;3;1\r\nrow without numbers;;\r\n2.5;1e-5;2\r\n");

        var (code, output, error) = await RunAsync();

        var file = Path.Combine(_folder, "export.csv");
        Assert.Equal((0, $"Wrote 2 rows to {file}.\nPassed over 1 rows: a number in them cannot be read.\n", ""), (code, output, error));
        Assert.Equal("id,y_true,y_pred,absolute_error\n1.5,1.0,3.0,2.0\n2.5,2.0,1e-05,1.99999\n", await File.ReadAllTextAsync(file));
    }

    [Fact]
    public async Task Export_NoLedger_LeavesWhatWasThere()
    {
        var file = Path.Combine(_folder, "mine.csv");
        await File.WriteAllTextAsync(file, "kept");

        var (code, _, error) = await RunAsync("--out", file);

        Assert.Equal(1, code);
        Assert.Contains("There is no ledger yet", error, StringComparison.Ordinal);
        Assert.Equal("kept", await File.ReadAllTextAsync(file));
        Assert.Equal([file], Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task Export_OverTheLedgerItself_IsRefused()
    {
        await File.WriteAllTextAsync(Ledger, "id,y_true,y_pred,absolute_error\n");

        var (code, _, error) = await RunAsync("--out", Path.Combine(_folder, ".", "metric_log.csv"));

        Assert.Equal(1, code);
        Assert.Contains("Name another file with --out FILE", error, StringComparison.Ordinal);
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        await using StringWriter output = new() { NewLine = "\n" }, error = new() { NewLine = "\n" };
        var line = new RootCommand { ExportVerb.Create() }.Parse(["export", "--logs", _folder, .. args]);
        var code = await line.InvokeAsync(new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }
}
