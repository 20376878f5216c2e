namespace Diabetes.Hosting.Shutdown;

/// <summary>Exit codes of a node's process.</summary>
public enum ExitCode
{
    /// <summary>Its work was done, or a signal stopped it, and everything was drained.</summary>
    Clean = 0,

    /// <summary>It failed while it ran; the log says why and what was not drained.</summary>
    Failed = 1,

    /// <summary>The configuration or the command line is wrong; nothing was started.</summary>
    BadConfiguration = 2,

    /// <summary>
    /// It did not drain within <c>drain-timeout</c>; the log says what was left, and unsettled messages are still with the broker.
    /// </summary>
    DrainTimeout = 3,
}
