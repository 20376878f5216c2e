using Diabetes.Domain.Statistics;
using Diabetes.Ledger;

namespace Diabetes.Plot.Following;

/// <summary>What the follower knows of the ledger: how far it has read, and the statistics of all it has read. No row is kept.</summary>
internal sealed class LedgerView
{
    private ErrorStatistics _statistics = new();
    private LedgerStatus? _shown;
    private long _shownRows;
    private long _unreadable;
    private bool _exists;

    /// <summary>Where to read on.</summary>
    public long Position { get; private set; }

    /// <summary>Rows read since the ledger began, but for those that are left out.</summary>
    public long Rows => _statistics.Histogram.Total;

    public LedgerStatus Status => !_exists ? LedgerStatus.Missing : Rows == 0 ? LedgerStatus.Empty : LedgerStatus.Filled;

    /// <summary>True where a picture of it would differ from the last one that was shown.</summary>
    public bool IsNews => Status != _shown || Rows != _shownRows;

    /// <summary>Rows without a number to draw: one that could not be read, or a difference beyond a double.</summary>
    public long LeftOut => _unreadable + Summarise().NotFinite;

    public ErrorSummary Summarise() => _statistics.Summarise();

    public IReadOnlyList<HistogramBin> Bins() => _statistics.Histogram.Bins();

    /// <summary>Takes in what was read at <see cref="Position"/>.</summary>
    /// <returns>True if the ledger is gone or another than before, and the view began anew.</returns>
    public bool Apply(LedgerPage page)
    {
        var gone = page.State == LedgerState.Missing;
        var anew = page.State == LedgerState.Restarted || (gone && _exists);
        if (anew) (_statistics, _unreadable, _shown) = (new ErrorStatistics(), 0, null);
        for (var i = 0; i < page.Rows.Count; i++) _statistics.Add(page.Rows[i].YTrue, page.Rows[i].YPred);
        _unreadable += page.Unreadable;
        (_exists, Position) = (!gone, page.Next);
        return anew;
    }

    /// <summary>What there is now has been shown.</summary>
    public void Shown() => (_shown, _shownRows) = (Status, Rows);
}
