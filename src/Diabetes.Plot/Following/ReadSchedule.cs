namespace Diabetes.Plot.Following;

/// <summary>
/// Decides when to read the ledger next: one interval after the last read, or sooner after a notification, but never so soon that two
/// pictures fall into one interval. All times are measured from the same start.
/// </summary>
internal sealed class ReadSchedule(TimeSpan interval)
{
    /// <summary>
    /// The time from a notification until its row is in the ledger: the label is announced when it is sent, and is then joined and
    /// committed.
    /// </summary>
    public static readonly TimeSpan Lead = TimeSpan.FromMilliseconds(250);

    private TimeSpan? _lastPicture;

    /// <summary>The time of the next read.</summary>
    public TimeSpan Due { get; private set; }

    /// <summary>Records that a read of the ledger has ended, with its picture if there was one.</summary>
    /// <param name="now">The present time.</param>
    /// <param name="picture">True if a picture was drawn or tried.</param>
    public void ReadEnded(TimeSpan now, bool picture)
    {
        if (picture)
        {
            _lastPicture = now;
        }

        Due = now + interval;
    }

    /// <summary>Records a notification: a row will soon be in the ledger.</summary>
    /// <returns>True if <see cref="Due"/> is now earlier than before.</returns>
    public bool Notified(TimeSpan now)
    {
        var soon = now + Lead;
        if (_lastPicture is { } last && last + interval > soon)
        {
            soon = last + interval;
        }

        if (soon >= Due)
        {
            return false;
        }

        Due = soon;
        return true;
    }
}
