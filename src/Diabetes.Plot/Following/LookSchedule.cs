namespace Diabetes.Plot.Following;

/// <summary>
/// Says when to look at the ledger next: one interval after the last look in any case, and sooner for a notification, but never so soon that
/// there would be two pictures in one interval. Times are spans from any one moment.
/// </summary>
internal sealed class LookSchedule(TimeSpan interval)
{
    /// <summary>
    /// How long the row of a notification takes to the ledger: it is announced when its truth is sent, and is then predicted, joined and committed.
    /// </summary>
    public static readonly TimeSpan Lead = TimeSpan.FromMilliseconds(250);

    private TimeSpan? _lastPicture;

    /// <summary>When to look next.</summary>
    public TimeSpan Due { get; private set; }

    /// <summary>The ledger has been looked at.</summary>
    /// <param name="now">When.</param>
    /// <param name="picture">Whether that made a picture, or at least the attempt.</param>
    public void Looked(TimeSpan now, bool picture)
    {
        if (picture) _lastPicture = now;
        Due = now + interval;
    }

    /// <summary>A row is on its way.</summary>
    /// <returns>True if <see cref="Due"/> is sooner than before.</returns>
    public bool Notified(TimeSpan now)
    {
        var soon = now + Lead;
        if (_lastPicture is { } last && last + interval > soon) soon = last + interval;
        if (soon >= Due) return false;
        Due = soon;
        return true;
    }
}
