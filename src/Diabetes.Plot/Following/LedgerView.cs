using Diabetes.Domain.Statistics;
using Diabetes.Ledger;

namespace Diabetes.Plot.Following;

/// <summary>
/// Keeps what the follower knows of the ledger: the position that it has read to, and the statistics of all rows so far. No row is kept.
/// </summary>
internal sealed class LedgerView
{
    private ErrorStatistics _statistics = new();
    private LedgerStatus? _shown;
    private (long Rows, long NotFinite) _shownRows;
    private long _unreadable;
    private long _reportedLeftOut;
    private bool _exists;

    /// <summary>The position of the next page.</summary>
    public long Position { get; private set; }

    /// <summary>True after the first successful read.</summary>
    public bool WasEverRead { get; private set; }

    /// <summary>The number of rows in the statistics, without those that are left out.</summary>
    public long Rows => _statistics.Histogram.Total;

    /// <summary>True if there was a ledger at any read.</summary>
    public bool WasBegun { get; private set; }

    public LedgerStatus Status => !_exists ? LedgerStatus.Missing : Rows == 0 ? LedgerStatus.Empty : LedgerStatus.Filled;

    /// <summary>True if a picture of this view would differ from the last one that was drawn.</summary>
    public bool IsNews => Status != _shown || Counts != _shownRows;

    public ErrorSummary Summarise() => _statistics.Summarise();

    public IReadOnlyList<HistogramBin> Bins() => _statistics.Histogram.Bins();

    private (long Rows, long NotFinite) Counts => (Rows, _statistics.NotFinite);

    /// <summary>Adds a page that was read at <see cref="Position"/>.</summary>
    /// <returns>True if the ledger was deleted or replaced, so that the view was reset first.</returns>
    public bool Apply(LedgerPage page)
    {
        var gone = page.State == LedgerState.Missing;
        var anew = page.State == LedgerState.Restarted || (gone && _exists);
        if (anew)
        {
            (_statistics, _unreadable, _shown) = (new ErrorStatistics(), 0, null);
        }

        for (var i = 0; i < page.Rows.Count; i++)
        {
            _statistics.Add(page.Rows[i].YTrue, page.Rows[i].YPred);
        }

        _unreadable += page.Unreadable;
        (_exists, Position, WasEverRead) = (!gone, page.Next, true);
        WasBegun |= _exists;
        return anew;
    }

    /// <summary>Counts the rows without a number to draw: one that cannot be parsed, or an error too large for a double.</summary>
    /// <returns>All of them if there are more than at the last call; null otherwise.</returns>
    public long? ReportLeftOut()
    {
        var leftOut = _unreadable + _statistics.NotFinite;
        var more = leftOut > _reportedLeftOut;
        _reportedLeftOut = leftOut;
        return more ? leftOut : null;
    }

    /// <summary>Records that the present view has been drawn.</summary>
    public void Shown() => (_shown, _shownRows) = (Status, Counts);
}

/// <summary>Says what a ledger contains.</summary>
internal enum LedgerStatus
{
    /// <summary>The ledger does not exist.</summary>
    Missing,

    /// <summary>The ledger has no rows.</summary>
    Empty,

    /// <summary>The ledger has rows.</summary>
    Filled,
}
