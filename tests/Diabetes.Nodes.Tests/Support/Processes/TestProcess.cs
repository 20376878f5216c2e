using System.Diagnostics;

namespace Diabetes.Nodes.Tests.Support.Processes;

/// <summary>A process that a test started: what it says as it says it, its signals, its end. Killed when disposed of.</summary>
internal sealed class TestProcess : IAsyncDisposable
{
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(10);
    private readonly Process _process;
    private readonly Task<int> _exit;

    private TestProcess(string name, Process process)
    {
        (Name, _process) = (name, process);
        Output = new ProcessOutput(name);
        process.OutputDataReceived += (_, line) => Output.Add(line.Data);
        process.ErrorDataReceived += (_, line) => Output.AddError(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _exit = AwaitExitAsync();
    }

    /// <summary>What the test calls it.</summary>
    public string Name { get; }

    public ProcessOutput Output { get; }

    public bool IsRunning => !_exit.IsCompleted;

    public int Id => _process.Id;

    /// <summary>A path as the process sees it, which may have mounts of its own.</summary>
    public string Sees(string path) => $"/proc/{_process.Id}/root{path}";

    /// <summary>Starts a program. Signals are as they are for a program started by hand, whatever the test run itself ignores.</summary>
    public static TestProcess Start(string name, string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("env", ["--default-signal=INT,TERM,HUP,QUIT", program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        return new TestProcess(name, Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start."));
    }

    /// <summary>The first line that has <paramref name="part"/> in it, said already or yet to come.</summary>
    public Task<string> LineAsync(string part) => Output.FirstAsync(part).WaitAsync(SafetyNet.Long);

    /// <summary>The first line that matches <paramref name="pattern"/>, said already or yet to come.</summary>
    public Task<string> MatchAsync(string pattern) => Output.FirstMatchAsync(pattern).WaitAsync(SafetyNet.Long);

    /// <summary>Waits for it to end by itself.</summary>
    /// <returns>Its exit code.</returns>
    public Task<int> ExitAsync() => ExitAsync(SafetyNet.Long);

    /// <summary>Waits for it to end by itself, for no longer than <paramref name="within"/>.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> ExitAsync(TimeSpan within)
    {
        try
        {
            return await _exit.WaitAsync(within);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"{Name} was still running after {within.TotalSeconds:0} s. It said:\n{Output}");
        }
    }

    /// <summary>Writes a line to its standard input.</summary>
    public Task TellAsync(string line) => _process.StandardInput.WriteLineAsync(line);

    /// <summary>Sends a signal, such as TERM or INT.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Asks it to stop, as an operator would (SIGTERM): a node ends well.</summary>
    public Task StopAsync() => StopAsync(SafetyNet.Long);

    /// <summary>Asks it to stop, in a test of how long that takes: ten seconds are promised.</summary>
    public Task StopInTimeAsync() => StopAsync(Promised);

    /// <summary>Kills it without warning (SIGKILL) and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _exit.WaitAsync(SafetyNet.Long);
    }

    public async ValueTask DisposeAsync()
    {
        if (IsRunning)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private async Task StopAsync(TimeSpan within)
    {
        await SignalAsync("TERM");
        var code = await ExitAsync(within);
        Assert.True(code == 0, $"{Name} ended with code {code}. It said:\n{Output}");
    }

    private async Task<int> AwaitExitAsync()
    {
        await _process.WaitForExitAsync();
        Output.End(_process.ExitCode);
        return _process.ExitCode;
    }
}
