using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;

namespace Diabetes.Hosting.Shutdown;

/// <summary>
/// Waits for the first thing that ends a node: a signal that asks it to stop, or a failure, or that its work is done. A second signal ends the process on the spot,
/// unless it comes at once: a terminal and whoever started the node often pass on the same one. Stands in the place of the generic host's own ConsoleLifetime,
/// which knows neither SIGHUP nor a second signal.
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

    public Task<Ending> Raised => _raised.Task;

    /// <summary>Does nothing where something else ended the node before.</summary>
    public void Raise(Ending ending) => _raised.TrySetResult(ending);

    /// <returns>Whether the signal is taken, or else left to end the process.</returns>
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

/// <summary>Why a node ends.</summary>
/// <param name="Cause">For the log.</param>
/// <param name="ExitCode">How the process ends if the drain leaves nothing.</param>
internal readonly record struct Ending(string Cause, ExitCode ExitCode);
