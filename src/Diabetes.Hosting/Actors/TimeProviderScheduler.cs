using System.Collections.Concurrent;
using Akka.Configuration;
using Akka.Dispatch;

namespace Diabetes.Hosting.Actors;

/// <summary>
/// Runs Akka's timers on a <see cref="TimeProvider"/>. Akka's own scheduler ticks every 10 ms, so that a wait of 2 ms lasts 10 and one of
/// 20 ms lasts 30; this one is as precise as its clock, and a test may give it a clock that it moves by hand.
/// </summary>
/// <remarks>
/// Akka constructs the scheduler that its configuration names and passes it the configuration and a log, nothing else. So a clock other
/// than the system's is kept in a static dictionary, and the configuration has its key: see <see cref="ConfigFor"/>.
/// </remarks>
public sealed class TimeProviderScheduler : SchedulerBase, IDateTimeOffsetNowTimeProvider, IDisposable
{
    private const string ClockKey = "akka.scheduler.clock";
    private static readonly ConcurrentDictionary<string, TimeProvider> Clocks = new(StringComparer.Ordinal);

    private readonly TimeProvider _time;
    private readonly long _started;
    private volatile bool _disposed;

    /// <summary>Called by Akka with its configuration and its log.</summary>
    public TimeProviderScheduler(Config scheduler, ILoggingAdapter log)
        : base(scheduler, log)
    {
        var name = scheduler.GetString(ClockKey, "");
        _time = name.Length == 0 ? TimeProvider.System
            : Clocks.TryRemove(name, out var clock) ? clock
            : throw new InvalidOperationException(
                $"{ClockKey} = {name} does not name a clock. Call {nameof(ConfigFor)} again for each actor system.");
        _started = _time.GetTimestamp();
    }

    /// <inheritdoc/>
    public override TimeSpan MonotonicClock => _time.GetElapsedTime(_started);

    /// <inheritdoc/>
    public override TimeSpan HighResMonotonicClock => MonotonicClock;

    /// <inheritdoc/>
    protected override DateTimeOffset TimeNow => _time.GetUtcNow();

    /// <summary>Makes what to add to the configuration of one actor system, so that its timers run on <paramref name="time"/>.</summary>
    public static Config ConfigFor(TimeProvider time)
    {
        var name = "";
        if (time != TimeProvider.System)
        {
            name = Guid.NewGuid().ToString("N");
            Clocks[name] = time;
        }

        var type = typeof(TimeProviderScheduler);
        return ConfigurationFactory.ParseString(
            $$"""
            akka.scheduler.implementation = "{{type.FullName}}, {{type.Assembly.GetName().Name}}"
            {{ClockKey}} = "{{name}}"
            """);
    }

    /// <summary>Cancels every timer.</summary>
    public void Dispose() => _disposed = true;

    /// <inheritdoc/>
    protected override void InternalScheduleTellOnce(
        TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        Start(delay, Timeout.InfiniteTimeSpan, () => receiver.Tell(message, sender), cancelable);

    /// <inheritdoc/>
    protected override void InternalScheduleTellRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        Start(initialDelay, interval, () => receiver.Tell(message, sender), cancelable);

    /// <inheritdoc/>
    protected override void InternalScheduleOnce(TimeSpan delay, Action action, ICancelable cancelable) =>
        Start(delay, Timeout.InfiniteTimeSpan, action, cancelable);

    /// <inheritdoc/>
    protected override void InternalScheduleOnce(TimeSpan delay, IRunnable action, ICancelable cancelable) =>
        Start(delay, Timeout.InfiniteTimeSpan, action.Run, cancelable);

    /// <inheritdoc/>
    protected override void InternalScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable cancelable) =>
        Start(initialDelay, interval, action, cancelable);

    /// <inheritdoc/>
    protected override void InternalScheduleRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable cancelable) =>
        Start(initialDelay, interval, action.Run, cancelable);

    private void Start(TimeSpan delay, TimeSpan interval, Action action, ICancelable? cancelable)
    {
        if (cancelable?.IsCancellationRequested != true)
        {
            new Alarm(this, action, cancelable, repeats: interval != Timeout.InfiniteTimeSpan).Start(delay, interval);
        }
    }

    /// <summary>Holds one timer of the clock and disposes of it when it has fired for the last time or is cancelled.</summary>
    private sealed class Alarm(TimeProviderScheduler scheduler, Action action, ICancelable? cancelable, bool repeats)
    {
        private ITimer? _timer;
        private CancellationTokenRegistration _cancelled;

        public void Start(TimeSpan delay, TimeSpan interval)
        {
            _timer = scheduler._time.CreateTimer(
                static alarm => ((Alarm)alarm!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            if (cancelable is not null)
            {
                _cancelled = cancelable.Token.UnsafeRegister(static alarm => ((Alarm)alarm!)._timer!.Dispose(), this);
            }

            // Start the timer last: it may fire at once.
            _timer.Change(delay < TimeSpan.Zero ? TimeSpan.Zero : delay, interval);
        }

        private void Fire()
        {
            if (!repeats)
            {
                _cancelled.Unregister();
                _timer!.Dispose();
            }

            if (!scheduler._disposed && cancelable?.IsCancellationRequested != true)
            {
                try
                {
                    action();
                }
                catch (Exception fault)
                {
                    // This is a thread of the clock: nothing above catches the exception, and it would end the process.
                    scheduler.Log.Error(fault, "A scheduled action failed");
                }
            }
        }
    }
}
