namespace Diabetes.Actors;

/// <summary>
/// Timers of one actor, each known by a key. Their messages come to the actor itself. A timer that was cancelled or replaced, or whose actor was
/// restarted or stopped, never delivers again, also not a message that waited in the mailbox already.
/// </summary>
public interface ITimerScheduler
{
    /// <summary>Sends <paramref name="msg"/> every <paramref name="interval"/>, first after one interval; replaces a timer of the same key.</summary>
    void StartPeriodicTimer(object key, object msg, TimeSpan interval);

    /// <summary>Sends <paramref name="msg"/> after <paramref name="initialDelay"/> and then every <paramref name="interval"/>; replaces a timer of the same key.</summary>
    void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval);

    /// <summary>Sends <paramref name="msg"/> once, after <paramref name="timeout"/>; replaces a timer of the same key.</summary>
    void StartSingleTimer(object key, object msg, TimeSpan timeout);

    /// <summary>Whether a timer of that key is still to deliver.</summary>
    bool IsTimerActive(object key);

    /// <summary>Ends the timer of that key, if there is one.</summary>
    void Cancel(object key);

    /// <summary>Ends all timers.</summary>
    void CancelAll();
}
