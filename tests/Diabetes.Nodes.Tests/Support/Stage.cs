using Diabetes.Nodes.Tests.Support.Brokers;
using Diabetes.Nodes.Tests.Support.Logs;
using Diabetes.Nodes.Tests.Support.Processes;
using Xunit.Abstractions;

namespace Diabetes.Nodes.Tests.Support;

/// <summary>
/// What one test runs: a folder, its part of a broker, and processes. All of it ends with the test; what the processes said is then in the
/// test's output.
/// </summary>
internal sealed class Stage : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nodes-tests-");
    private readonly List<TestProcess> _processes = [];
    private readonly VirtualHost? _host;

    private Stage(VirtualHost? host)
    {
        _host = host;
        Ledger = new CsvLedger(LogFile("metric_log.csv"));
        Quarantine = new QuarantineLog(LogFile("quarantine.ndjson"));
    }

    /// <summary>Its part of the broker.</summary>
    public VirtualHost Host => _host ?? throw new InvalidOperationException("This test runs without a broker.");

    public CsvLedger Ledger { get; }

    public QuarantineLog Quarantine { get; }

    /// <summary>The folder that the nodes are given for what they leave; not made before they make it.</summary>
    public string Logs => File("logs");

    /// <summary>Holds the options that every node gets. The long drain timeout keeps a slow machine from failing a test.</summary>
    private IEnumerable<string> Told =>
        [.. _host is null ? (string[])[] : ["--amqp", $"{_host.Uri}"], "--logs", Logs, "--set", "drain-timeout=1m"];

    /// <summary>Processes without a broker.</summary>
    public static Stage Open() => new(null);

    /// <summary>Processes round queues of their own.</summary>
    public static async Task<Stage> OpenAsync(BrokerFixture broker) => new(await broker.OpenHostAsync());

    /// <summary>A file of the test's own.</summary>
    public string File(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>A file in <see cref="Logs"/>.</summary>
    public string LogFile(string name) => Path.Combine(Logs, name);

    /// <summary>
    /// Starts a node: features, model, metric, plot or all-in-one. Its options name the broker, if there is one, and the folder.
    /// </summary>
    public TestProcess Node(string node, params IEnumerable<string> arguments) => NodeAsItIs(node, [.. Told, .. arguments]);

    /// <summary>Starts a node and tells it nothing but these arguments.</summary>
    public TestProcess NodeAsItIs(string node, params IEnumerable<string> arguments) =>
        Add(TestProcess.Start(node, "dotnet", [Repository.Executable(NodeProjects.Of(node)), .. arguments]));

    /// <summary>Starts a node by way of other programs, which change what it is allowed or sees.</summary>
    public TestProcess NodeBy(IEnumerable<string> programs, string node, params IEnumerable<string> arguments) =>
        Add(TestProcess.Start(node, "env", [.. programs, "dotnet", Repository.Executable(NodeProjects.Of(node)), .. Told, .. arguments]));

    /// <summary>Starts a Python service on the broker.</summary>
    public TestProcess Service(string script, params IEnumerable<string> arguments) =>
        Add(PythonScript.Start(script, ["--amqp", $"{Host.Uri}", .. arguments]));

    /// <summary>Holds every row of the ledger against dataset and model, in Python.</summary>
    /// <returns>What the script says of them: "N rows are right".</returns>
    public Task<string> CheckLedgerAsync() => CheckLedgerAsync(Ledger.Path);

    /// <summary>The same for a copy of the ledger.</summary>
    public async Task<string> CheckLedgerAsync(string path)
    {
        await using var check = PythonScript.Start("check_ledger.py", path, Repository.Dataset, Repository.Model);
        Assert.True(await check.ExitAsync() == 0, $"{check.Output}");
        return check.Output.Lines[0];
    }

    /// <summary>Writes what every process said.</summary>
    public void Report(ITestOutputHelper output)
    {
        foreach (var process in _processes)
        {
            output.WriteLine($"--- {process.Name}\n{process.Output}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            await process.DisposeAsync();
        }

        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    private TestProcess Add(TestProcess process)
    {
        _processes.Add(process);
        return process;
    }
}
