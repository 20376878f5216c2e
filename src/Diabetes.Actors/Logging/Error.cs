namespace Diabetes.Actors;

/// <summary>Something failed.</summary>
public class Error(Exception? cause, string logSource, Type logClass, object message) : LogEvent(cause, logSource, logClass, message)
{
    /// <inheritdoc/>
    public override LogLevel LogLevel() => Actors.LogLevel.ErrorLevel;
}
