using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Diabetes.Hosting.Shutdown;

/// <summary>
/// Ends the process at the first <see cref="OutOfMemoryException"/>, wherever it is thrown. The thread that gets it may be one of a library
/// that takes it for a lost connection or for nothing at all; the node would then go on without a part of itself. The broker has everything
/// that is unsettled. Nothing here allocates, and nothing is drained: that would need memory, too.
/// </summary>
internal sealed partial class OutOfMemory : IDisposable
{
    private const int StandardError = 2;

    private static readonly byte[] Words =
        Encoding.ASCII.GetBytes(
            "The node is out of memory and ends at once. What it had not settled is still with the broker. "
            + "Give it more memory, or set a smaller amqp.prefetch.\n");

    private OutOfMemory() => AppDomain.CurrentDomain.FirstChanceException += End;

    /// <summary>Watches the process until the returned object is disposed of.</summary>
    public static OutOfMemory EndsTheProcess()
    {
        // The first call of a native function allocates: make one now, of nothing.
        var watch = new OutOfMemory();
        if (!OperatingSystem.IsWindows())
        {
            _ = Write(StandardError, Words, 0);
        }

        return watch;
    }

    public void Dispose() => AppDomain.CurrentDomain.FirstChanceException -= End;

    private static void End(object? sender, FirstChanceExceptionEventArgs thrown)
    {
        // InsufficientMemoryException says that nothing was allocated yet, so nothing is broken.
        if (thrown.Exception is not OutOfMemoryException or InsufficientMemoryException)
        {
            return;
        }

        if (OperatingSystem.IsWindows())
        {
            Environment.FailFast(null, thrown.Exception);
        }

        _ = Write(StandardError, Words, Words.Length);
        Exit((int)ExitCode.Failed);
    }

    [LibraryImport("libc", EntryPoint = "write")]
    private static partial nint Write(int descriptor, byte[] bytes, nint count);

    [LibraryImport("libc", EntryPoint = "_exit")]
    private static partial void Exit(int code);
}
