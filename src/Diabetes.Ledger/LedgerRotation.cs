using Diabetes.Ledger.Sqlite;

namespace Diabetes.Ledger;

/// <summary>When a CSV ledger is full: the file is then closed under a number of its own, and another begun.</summary>
/// <param name="Size">Bytes; a file that has as many or more is full. 0: of any size.</param>
/// <param name="Daily">Whether a file has rows of one UTC day only.</param>
/// <param name="Time">Tells the day.</param>
public sealed record LedgerRotation(long Size, bool Daily, TimeProvider Time)
{
    /// <summary>One file for ever.</summary>
    public static LedgerRotation Never { get; } = new(0, false, TimeProvider.System);

    /// <summary>Number of the UTC day, counted from the year 1; never 0.</summary>
    internal int Today => DateOnly.FromDateTime(Time.GetUtcNow().UtcDateTime).DayNumber;

    internal bool IsFull(in FileMark mark) => mark.HasRows && ((Size > 0 && mark.Length >= Size) || (Daily && Today > mark.Day));
}
