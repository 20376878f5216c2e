namespace Diabetes.Hosting.Shutdown;

/// <summary>How long the end of a process may take. Whoever kills a node that does not end (docker-compose.yml's stop_grace_period) must wait for longer.</summary>
internal static class DrainTimes
{
    /// <summary>Past <c>drain-timeout</c>, each task that closes a file or a socket gets this long.</summary>
    public static readonly TimeSpan Closing = TimeSpan.FromMilliseconds(500);

    /// <summary>For a metric node of a cluster to hand its buckets over to the others.</summary>
    private static readonly TimeSpan HandOff = TimeSpan.FromSeconds(5);

    /// <summary>For what is closed after <c>drain-timeout</c> is over, and for the log to say what was left.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);

    /// <summary>From the signal to the last line, at most.</summary>
    /// <param name="drainTimeout">The setting <c>drain-timeout</c>.</param>
    public static TimeSpan Shutdown(TimeSpan drainTimeout) => drainTimeout + HandOff + Rest;
}
