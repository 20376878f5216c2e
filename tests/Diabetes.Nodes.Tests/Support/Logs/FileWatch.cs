using System.Threading.Channels;
using Diabetes.Nodes.Tests.Support.Processes;

namespace Diabetes.Nodes.Tests.Support.Logs;

/// <summary>Waits for what a process writes.</summary>
internal static class FileWatch
{
    /// <summary>For events that the system dropped: it does, when many files change at once.</summary>
    private static readonly TimeSpan LookAnyway = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Checks the file whenever it changes, until <paramref name="isThere"/> is true. The folder above the file's own must exist.
    /// </summary>
    /// <param name="path">The file; it and its folder may not exist yet.</param>
    /// <param name="isThere">Whether the file is as expected.</param>
    /// <param name="otherwise">Describes the present state. The wait goes on as long as this changes.</param>
    /// <exception cref="TimeoutException">The file is not as expected, and its state has not changed for the safety net.</exception>
    public static async Task UntilAsync(string path, Func<bool> isThere, Func<string> otherwise)
    {
        var looks = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        using var watcher = new FileSystemWatcher(Path.GetFullPath(Path.Combine(path, "../.."))) { IncludeSubdirectories = true };
        watcher.Changed += (_, _) => looks.Writer.TryWrite(true);
        watcher.Created += (_, _) => looks.Writer.TryWrite(true);
        watcher.Renamed += (_, _) => looks.Writer.TryWrite(true);
        watcher.EnableRaisingEvents = true;
        using var anyway = new Timer(_ => looks.Writer.TryWrite(true), null, LookAnyway, LookAnyway);

        var (stands, since) = (otherwise(), TimeProvider.System.GetTimestamp());
        while (!isThere())
        {
            await looks.Reader.ReadAsync();
            if (TimeProvider.System.GetElapsedTime(since) < SafetyNet.Long || isThere())
            {
                continue;
            }

            var stood = stands;
            (stands, since) = (otherwise(), TimeProvider.System.GetTimestamp());
            if (stands == stood)
            {
                throw new TimeoutException($"{stands} (nothing new for {SafetyNet.Long.TotalSeconds:0} s)");
            }
        }
    }
}
