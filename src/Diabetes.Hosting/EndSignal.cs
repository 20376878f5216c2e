using System.Runtime.InteropServices;

namespace Diabetes.Hosting;

/// <summary>
/// Waits for the first thing that ends a node: SIGTERM, Ctrl-C or a failure. A second signal ends the process on the spot, unless it comes
/// at once: a terminal and whoever started the node often pass on the same one.
/// </summary>
internal sealed class EndSignal : IDisposable
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
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => signal.Cancel = Take(new Ending("SIGTERM", ExitCode.Clean))),
            PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = Take(new Ending("Ctrl-C", ExitCode.Clean))),
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

    public void Dispose()
    {
        foreach (var signal in _signals)
        {
            signal.Dispose();
        }
    }
}
