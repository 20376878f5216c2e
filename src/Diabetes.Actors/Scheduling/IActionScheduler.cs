namespace Diabetes.Actors;

/// <summary>Runs actions later, on the clock's thread: they must be short, and touch no actor's state.</summary>
public interface IActionScheduler
{
    /// <summary>Runs <paramref name="action"/> after <paramref name="delay"/>.</summary>
    void ScheduleOnce(TimeSpan delay, Action action, ICancelable? cancelable);

    /// <inheritdoc cref="ScheduleOnce(TimeSpan, Action, ICancelable)"/>
    void ScheduleOnce(TimeSpan delay, Action action);

    /// <summary>Runs <paramref name="action"/> after <paramref name="initialDelay"/> and then every <paramref name="interval"/>.</summary>
    void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable? cancelable);

    /// <inheritdoc cref="ScheduleRepeatedly(TimeSpan, TimeSpan, Action, ICancelable)"/>
    void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action);
}
