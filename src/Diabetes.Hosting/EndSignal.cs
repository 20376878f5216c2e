using System.Runtime.InteropServices;

namespace Diabetes.Hosting;

/// <summary>Waits for the first thing that ends a node: SIGTERM, Ctrl-C or a failure. A second signal ends the process on the spot.</summary>
internal sealed class EndSignal : IDisposable
{
    private readonly TaskCompletionSource<Ending> _raised = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PosixSignalRegistration[] _signals;

    public EndSignal() => _signals =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => signal.Cancel = Raise(new Ending("SIGTERM", ExitCode.Clean))),
        PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = Raise(new Ending("Ctrl-C", ExitCode.Clean))),
    ];

    public Task<Ending> Raised => _raised.Task;

    /// <returns>False where something else ended the node before.</returns>
    public bool Raise(Ending ending) => _raised.TrySetResult(ending);

    public void Dispose()
    {
        foreach (var signal in _signals)
        {
            signal.Dispose();
        }
    }
}
