namespace Diabetes.Hosting.Shutdown;

/// <summary>How a node's process ends.</summary>
public enum ExitCode
{
    /// <summary>It did what it was asked to, or was asked to stop, and left nothing behind.</summary>
    Clean = 0,

    /// <summary>It failed while it ran; the log says why, and what it could not drain.</summary>
    Failed = 1,

    /// <summary>The configuration or the command line cannot be used; nothing was started.</summary>
    BadConfiguration = 2,

    /// <summary>It did not drain in <c>drain-timeout</c>; the log says what was left, and it is still with the broker.</summary>
    DrainTimeout = 3,
}
