using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;

namespace Diabetes.Hosting.Shutdown;

/// <summary>
/// Waits for the first thing that ends a node: a signal, a failure or the end of its work. A second signal kills the process, unless it
/// comes within two seconds: a terminal and the process that started the node often both pass on the same signal. Replaces the generic
/// host's ConsoleLifetime, which handles neither SIGHUP nor a second signal.
/// </summary>
internal sealed class EndSignal : IHostLifetime, IDisposable
{
    private static readonly TimeSpan Echo = TimeSpan.FromSeconds(2);
    private readonly TaskCompletionSource<Ending> _raised = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PosixSignalRegistration[] _signals;
    private readonly TimeProvider _time;
    private long _first;

    public EndSignal(TimeProvider time)
    {
        _time = time;
        _signals =
        [
            Register(PosixSignal.SIGTERM, "SIGTERM"),
            Register(PosixSignal.SIGINT, "Ctrl-C"),
            Register(PosixSignal.SIGHUP, "SIGHUP"),
            Register(PosixSignal.SIGQUIT, "SIGQUIT"),
        ];
    }

    /// <summary>Completes with the first ending.</summary>
    public Task<Ending> Raised => _raised.Task;

    /// <summary>Ends the node. Does nothing if something else ended it before.</summary>
    public void Raise(Ending ending) => _raised.TrySetResult(ending);

    /// <summary>Takes a signal.</summary>
    /// <returns>True to drain the node; false to let the signal kill the process.</returns>
    public bool Take(Ending ending)
    {
        var now = _time.GetTimestamp();
        Raise(ending);
        var first = Interlocked.CompareExchange(ref _first, now, 0);
        return first == 0 || _time.GetElapsedTime(first, now) < Echo;
    }

    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        foreach (var signal in _signals)
        {
            signal.Dispose();
        }
    }

    private PosixSignalRegistration Register(PosixSignal signal, string cause) =>
        PosixSignalRegistration.Create(signal, context => context.Cancel = Take(new Ending(cause, ExitCode.Clean)));
}

/// <summary>Says why a node ends.</summary>
/// <param name="Cause">The words that follow "Draining, because of" in the log.</param>
/// <param name="ExitCode">How the process ends if the drain leaves nothing.</param>
internal readonly record struct Ending(string Cause, ExitCode ExitCode);
