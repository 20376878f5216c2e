namespace Diabetes.Actors;

/// <summary>A log whose lines are published on the event stream.</summary>
internal sealed class BusLogging(EventStream bus, string logSource, Type logClass) : ILoggingAdapter
{
    public bool IsDebugEnabled => IsEnabled(LogLevel.DebugLevel);

    public bool IsInfoEnabled => IsEnabled(LogLevel.InfoLevel);

    public bool IsWarningEnabled => IsEnabled(LogLevel.WarningLevel);

    public bool IsErrorEnabled => IsEnabled(LogLevel.ErrorLevel);

    public bool IsEnabled(LogLevel logLevel) => logLevel >= bus.LogLevel;

    public void Log(LogLevel logLevel, Exception? cause, string format) => Publish(logLevel, cause, format);

    public void Log(LogLevel logLevel, Exception? cause, LogMessage message) => Publish(logLevel, cause, message);

    private void Publish(LogLevel logLevel, Exception? cause, object message)
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }

        bus.Publish(logLevel switch
        {
            LogLevel.DebugLevel => new Debug(cause, logSource, logClass, message) { Timestamp = bus.UtcNow },
            LogLevel.InfoLevel => new Info(cause, logSource, logClass, message) { Timestamp = bus.UtcNow },
            LogLevel.WarningLevel => new Warning(cause, logSource, logClass, message) { Timestamp = bus.UtcNow },
            _ => new Error(cause, logSource, logClass, message) { Timestamp = bus.UtcNow },
        });
    }
}
