namespace Diabetes.Actors;

/// <summary>An actor with timers of its own. The kernel sets <see cref="Timers"/> before the actor's own constructor runs.</summary>
public interface IWithTimers
{
    ITimerScheduler Timers { get; set; }
}
