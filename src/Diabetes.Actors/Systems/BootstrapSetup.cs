namespace Diabetes.Actors;

/// <summary>
/// The settings of a system. Where Akka.NET reads them from its configuration, this kernel takes them here, and only here: actors see nothing of it.
/// </summary>
public sealed class BootstrapSetup : Setup
{
    private BootstrapSetup()
    {
    }

    /// <summary>Clock and timers of the system. Default: <see cref="TimeProvider.System"/>.</summary>
    public TimeProvider TimeProvider { get; private init; } = TimeProvider.System;

    /// <summary>Log events below it are not made. Default: info.</summary>
    public LogLevel LogLevel { get; private init; } = LogLevel.InfoLevel;

    /// <summary>Log events that nobody subscribes to are written to standard output from this level on. Default: warning.</summary>
    public LogLevel StdoutLogLevel { get; private init; } = LogLevel.WarningLevel;

    /// <summary>Dead letters that are logged, at info, before logging of them ends. Default: 10.</summary>
    public int LogDeadLetters { get; private init; } = 10;

    /// <summary>Messages that the stash of an <see cref="IWithBoundedStash"/> takes. Default: 1000.</summary>
    public int StashCapacity { get; private init; } = 1000;

    /// <summary>How long a phase of <see cref="CoordinatedShutdown"/> may take. Default: 5 s.</summary>
    public TimeSpan PhaseTimeout { get; private init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long <see cref="CoordinatedShutdown"/> may take in all; the last phase runs in any case. Default: 60 s.</summary>
    public TimeSpan ShutdownDeadline { get; private init; } = TimeSpan.FromSeconds(60);

    /// <summary>Runs the system's cells; for tests. Default: null, the thread pool.</summary>
    internal Dispatcher? Dispatcher { get; private init; }

    /// <summary>The defaults.</summary>
    public static BootstrapSetup Create() => new();

    public BootstrapSetup WithTimeProvider(TimeProvider timeProvider) => new(this) { TimeProvider = timeProvider };

    public BootstrapSetup WithLogLevel(LogLevel logLevel) => new(this) { LogLevel = logLevel };

    public BootstrapSetup WithStdoutLogLevel(LogLevel logLevel) => new(this) { StdoutLogLevel = logLevel };

    public BootstrapSetup WithLogDeadLetters(int count) => new(this) { LogDeadLetters = count };

    public BootstrapSetup WithStashCapacity(int capacity) => new(this) { StashCapacity = capacity };

    public BootstrapSetup WithPhaseTimeout(TimeSpan timeout) => new(this) { PhaseTimeout = timeout };

    public BootstrapSetup WithShutdownDeadline(TimeSpan deadline) => new(this) { ShutdownDeadline = deadline };

    internal BootstrapSetup WithDispatcher(Dispatcher dispatcher) => new(this) { Dispatcher = dispatcher };

    private BootstrapSetup(BootstrapSetup other)
    {
        TimeProvider = other.TimeProvider;
        LogLevel = other.LogLevel;
        StdoutLogLevel = other.StdoutLogLevel;
        LogDeadLetters = other.LogDeadLetters;
        StashCapacity = other.StashCapacity;
        PhaseTimeout = other.PhaseTimeout;
        ShutdownDeadline = other.ShutdownDeadline;
        Dispatcher = other.Dispatcher;
    }
}
