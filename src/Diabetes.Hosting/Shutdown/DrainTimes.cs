namespace Diabetes.Hosting.Shutdown;

/// <summary>
/// Bounds the time that a process takes to end. Whatever kills a node that does not end (<c>stop_grace_period</c> of docker-compose.yml)
/// must wait longer.
/// </summary>
internal static class DrainTimes
{
    /// <summary>Time for each task that closes a file or a socket after <c>drain-timeout</c>.</summary>
    public static readonly TimeSpan Closing = TimeSpan.FromMilliseconds(500);

    /// <summary>Time to close files and sockets after <c>drain-timeout</c>, and to log what was left.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(7);

    /// <summary>Longest time from the signal to the last log line.</summary>
    /// <param name="drainTimeout">The setting <c>drain-timeout</c>.</param>
    public static TimeSpan Shutdown(TimeSpan drainTimeout) => drainTimeout + Rest;
}
