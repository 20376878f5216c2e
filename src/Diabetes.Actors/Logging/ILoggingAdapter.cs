namespace Diabetes.Actors;

/// <summary>A log of one source. Methods by level: <see cref="LoggingExtensions"/>.</summary>
public interface ILoggingAdapter
{
    bool IsDebugEnabled { get; }

    bool IsInfoEnabled { get; }

    bool IsWarningEnabled { get; }

    bool IsErrorEnabled { get; }

    bool IsEnabled(LogLevel logLevel);

    /// <summary>Writes a text as it stands.</summary>
    void Log(LogLevel logLevel, Exception? cause, string format);

    /// <summary>Writes a text with arguments.</summary>
    void Log(LogLevel logLevel, Exception? cause, LogMessage message);
}
