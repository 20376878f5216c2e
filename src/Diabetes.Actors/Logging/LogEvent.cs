namespace Diabetes.Actors;

/// <summary>One line of the log, as published on the <see cref="EventStream"/>. Whoever subscribes to it is a logger.</summary>
public abstract class LogEvent
{
    private protected LogEvent(Exception? cause, string logSource, Type logClass, object message)
    {
        Cause = cause;
        LogSource = logSource;
        LogClass = logClass;
        Message = message;
        Thread = Thread.CurrentThread;
        Timestamp = TimeProvider.System.GetUtcNow().UtcDateTime;
    }

    /// <summary>What went wrong, if something did.</summary>
    public Exception? Cause { get; }

    /// <summary>The path of the actor, or the name of the part, that it comes from.</summary>
    public string LogSource { get; }

    /// <summary>The class that it comes from.</summary>
    public Type LogClass { get; }

    /// <summary>The text, or a <see cref="LogMessage"/> that makes it when asked.</summary>
    public object Message { get; }

    /// <summary>The thread that it comes from.</summary>
    public Thread Thread { get; }

    /// <summary>When, UTC, by the system's clock.</summary>
    public DateTime Timestamp { get; internal init; }

    public abstract LogLevel LogLevel();

    /// <inheritdoc/>
    public override string ToString()
    {
        var line = $"[{LogLevel().StringFor()}][{Timestamp:O}][Thread {Thread.ManagedThreadId:0000}][{LogSource}] {Message}";
        return Cause is null ? line : line + Environment.NewLine + "Cause: " + Cause;
    }
}
