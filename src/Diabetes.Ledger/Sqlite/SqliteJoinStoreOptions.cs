using Diabetes.Domain.Joining;
using Diabetes.Ledger.Csv;
using Diabetes.Ledger.Disk;

namespace Diabetes.Ledger.Sqlite;

/// <summary>Where a SQLite store is, and the files that belong to it.</summary>
/// <param name="Path">The database.</param>
/// <param name="Ledger">The ledger; the files <c>late.csv</c> and <c>orphans.csv</c> are beside it.</param>
public sealed record SqliteJoinStoreOptions(string Path, CsvLedgerOptions Ledger)
{
    /// <summary>
    /// Whose predictions are joined. With <see cref="UnifyIds"/> it tells which keys a row may have had that the index does not know, because it is younger than the
    /// ledger or older.
    /// </summary>
    public ExpectedModels Models { get; init; } = ExpectedModels.Anyone;

    /// <summary>Whether ids that are strings and hold numbers are read as numbers.</summary>
    public bool UnifyIds { get; init; }

    /// <summary>When the ledger is full. Late joins and orphans are few, and stay in one file each.</summary>
    public LedgerRotation Rotation { get; init; } = LedgerRotation.Never;

    /// <summary>Most batches whose bytes the store keeps for the files before it syncs them.</summary>
    internal int MostUnsyncedBatches { get; init; } = 32;

    internal CsvLedgerOptions Late => Ledger with { Path = Beside("late.csv") };

    internal string OrphansPath => Beside("orphans.csv");

    private string Beside(string name) => System.IO.Path.Combine(ParentFolder.Of(Ledger.Path), name);
}
