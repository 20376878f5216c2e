using Diabetes.Ledger.Sqlite;

namespace Diabetes.Ledger;

/// <summary>Says when a CSV ledger is full. A full file is renamed to a numbered segment, and the next one begins.</summary>
/// <param name="Size">Bytes at which a file is full; 0 for no limit.</param>
/// <param name="Daily">Whether a file is full when the UTC day of its first row is over.</param>
/// <param name="Time">Clock that tells the day.</param>
public sealed record LedgerRotation(long Size, bool Daily, TimeProvider Time)
{
    /// <summary>Never closes a file.</summary>
    public static LedgerRotation Never { get; } = new(0, false, TimeProvider.System);

    /// <summary>The UTC day, counted from the year 1; never 0.</summary>
    internal int Today => DateOnly.FromDateTime(Time.GetUtcNow().UtcDateTime).DayNumber;

    internal bool IsFull(in FileMark mark) => mark.HasRows && ((Size > 0 && mark.Length >= Size) || (Daily && Today > mark.Day));
}
