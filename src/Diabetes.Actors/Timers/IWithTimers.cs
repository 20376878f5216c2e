namespace Diabetes.Actors;

/// <summary>An actor with timers of its own. The kernel sets <see cref="Timers"/> after the constructor, before <c>PreStart</c>.</summary>
public interface IWithTimers
{
    ITimerScheduler Timers { get; set; }
}
