namespace Diabetes.Actors;

/// <summary>How often a child was restarted, for strategies that have a limit.</summary>
internal sealed class RestartStatistics
{
    private int _retries;
    private long _windowStart = -1;

    /// <summary>Counts one more restart and says whether it is allowed.</summary>
    /// <param name="limit">Most restarts; negative for no limit.</param>
    /// <param name="window">Time after which counting starts anew; infinite or zero to count for ever.</param>
    /// <param name="time">The clock.</param>
    public bool RequestRestart(int limit, TimeSpan window, TimeProvider time)
    {
        if (limit == 0)
        {
            return false;
        }

        if (window <= TimeSpan.Zero)
        {
            return limit < 0 || ++_retries <= limit;
        }

        // A window without a limit allows one restart in it.
        var allowed = limit < 0 ? 1 : limit;
        var now = time.GetTimestamp();
        if (_windowStart < 0 || time.GetElapsedTime(_windowStart, now) > window)
        {
            (_windowStart, _retries) = (now, 0);
        }

        return ++_retries <= allowed;
    }
}
