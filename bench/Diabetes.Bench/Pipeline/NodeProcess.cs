using System.Diagnostics;

namespace Diabetes.Bench.Pipeline;

/// <summary>A node of some checkout, run as its own process and measured.</summary>
internal sealed class NodeProcess : IDisposable
{
    private static readonly TimeSpan SafetyNet = TimeSpan.FromMinutes(5);
    private readonly Process _process;
    private readonly string _usage;
    private readonly Task<string> _said;
    private readonly Task<string> _complained;

    /// <param name="checkout">A folder that is built in Release.</param>
    /// <param name="project">The node's project.</param>
    /// <param name="logs">Its folder for logs, which exists.</param>
    /// <param name="arguments">Further ones.</param>
    public NodeProcess(string checkout, string project, string logs, params IEnumerable<string> arguments)
    {
        var program = Path.Combine(checkout, "src", project, "bin/Release/net10.0", $"{project}.dll");
        if (!File.Exists(program))
        {
            throw new FileNotFoundException($"{program} is not there: run dotnet build -c Release in {checkout} first.");
        }

        _usage = Path.Combine(logs, $"{project}.usage");
        var start = new ProcessStartInfo("env", ["--default-signal=INT,TERM", "dotnet", program, "--logs", logs, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location;
        start.Environment["BENCH_USAGE"] = _usage;
        _process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        (_said, _complained) = (_process.StandardOutput.ReadToEndAsync(), _process.StandardError.ReadToEndAsync());
    }

    /// <summary>Asks it to end, as an operator would.</summary>
    public async Task<Usage> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
        return await ExitAsync();
    }

    /// <summary>Waits for it to end by itself.</summary>
    public async Task<Usage> ExitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(SafetyNet);
        return _process.ExitCode == 0
            ? Usage.Read(_usage)
            : throw new InvalidOperationException(
                $"{_process.StartInfo.ArgumentList[2]} ended with code {_process.ExitCode}:\n{await _said}{await _complained}");
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }
}
