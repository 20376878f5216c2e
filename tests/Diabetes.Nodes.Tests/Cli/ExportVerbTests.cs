using System.CommandLine;
using System.Diagnostics;
using Diabetes.Cli.Verbs;
using Diabetes.Nodes.Tests.Support.Processes;

namespace Diabetes.Nodes.Tests.Cli;

/// <summary>From a CSV ledger; from PostgreSQL it is tested with the nodes.</summary>
public sealed class ExportVerbTests : IDisposable
{
    private const string Rotated = "id,y_true,y_pred,absolute_error\n1,1.0,2.0,1.0\n2,1.0,3.0,2.0\n3,1.0,4.0,3.0\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("export-").FullName;

    private string Ledger => Path.Combine(_folder, "metric_log.csv");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Export_LedgerOfAnotherDialect_IsWrittenAsOurs()
    {
        await File.WriteAllTextAsync(Ledger, "ts;y_pred;y_true\r\n1.5;3;1\r\nrow without numbers;;\r\n2.5;1e-5;2\r\n");

        var (code, output, error) = await RunAsync();

        var file = Path.Combine(_folder, "export.csv");
        Assert.Equal((0, $"Wrote 2 rows to {file}.\nLeft out 1 row: a number in them cannot be read.\n", ""), (code, output, error));
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
    public async Task Export_RotatedLedger_IsOneFile()
    {
        await WriteRotatedAsync();

        Assert.Equal(0, (await RunAsync()).Code);

        Assert.Equal(Rotated, await File.ReadAllTextAsync(Path.Combine(_folder, "export.csv")));
    }

    [Fact]
    public async Task Export_ToStandardOutput_IsTheRowsAndNothingElse()
    {
        await WriteRotatedAsync();
        var start = new ProcessStartInfo(
            "dotnet", [Repository.Executable("Diabetes.Cli", "diabetes"), "export", "--logs", _folder, "--out", "-"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var cli = Process.Start(start)!;
        var (output, error) = (cli.StandardOutput.ReadToEndAsync(), cli.StandardError.ReadToEndAsync());
        await cli.WaitForExitAsync().WaitAsync(SafetyNet.Long);

        Assert.Equal((0, Rotated, "Wrote 3 rows to standard output."), (cli.ExitCode, await output, (await error).Trim()));
        Assert.False(File.Exists(Path.Combine(_folder, "export.csv")));
    }

    [Theory]
    [InlineData("metric_log.csv")]
    [InlineData("metric_log.1.csv")]
    [InlineData("metric_log.27.csv")]
    [InlineData("metric.db")]
    [InlineData("metric.db-wal")]
    [InlineData("late.csv")]
    [InlineData("orphans.csv")]
    [InlineData("quarantine.ndjson")]
    public async Task Export_OverAFileOfTheNodes_IsRefused(string name)
    {
        await WriteRotatedAsync();
        var file = Path.Combine(_folder, name);
        var kept = File.Exists(file) ? await File.ReadAllTextAsync(file) : null;

        var (code, _, error) = await RunAsync("--out", Path.Combine(_folder, ".", name));

        Assert.Equal(1, code);
        Assert.Contains("Name another file with --out FILE", error, StringComparison.Ordinal);
        Assert.Equal(kept, File.Exists(file) ? await File.ReadAllTextAsync(file) : null);
    }

    [Theory]
    [InlineData("metric_log.old.csv")]
    [InlineData("my_metric_log.1.csv")]
    [InlineData("others/late.csv")]
    public async Task Export_ToAFileOfOnesOwn_IsWritten(string name)
    {
        await WriteRotatedAsync();
        Directory.CreateDirectory(Path.Combine(_folder, "others"));

        Assert.Equal(0, (await RunAsync("--out", Path.Combine(_folder, name))).Code);

        Assert.Equal(Rotated, await File.ReadAllTextAsync(Path.Combine(_folder, name)));
    }

    private async Task WriteRotatedAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "metric_log.1.csv"), "id,y_true,y_pred,absolute_error\n1,1.0,2.0,1.0\n");
        await File.WriteAllTextAsync(Path.Combine(_folder, "metric_log.2.csv"), "id,y_true,y_pred,absolute_error\n2,1.0,3.0,2.0\n");
        await File.WriteAllTextAsync(Ledger, "id,y_true,y_pred,absolute_error\n3,1.0,4.0,3.0\n");
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        await using StringWriter output = new() { NewLine = "\n" }, error = new() { NewLine = "\n" };
        var line = new RootCommand { ExportVerb.Create() }.Parse(["export", "--logs", _folder, .. args]);
        var code = await line.InvokeAsync(new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }
}
