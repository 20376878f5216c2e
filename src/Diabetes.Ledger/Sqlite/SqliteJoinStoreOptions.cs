using Diabetes.Domain.Joining;
using Diabetes.Ledger.Csv;

namespace Diabetes.Ledger.Sqlite;

/// <summary>Says where a SQLite store is and how it joins.</summary>
/// <param name="Path">The database.</param>
/// <param name="Ledger">The ledger; <c>late.csv</c> and <c>orphans.csv</c> are beside it.</param>
public sealed record SqliteJoinStoreOptions(string Path, CsvLedgerOptions Ledger)
{
    /// <summary>
    /// Models whose predictions are joined. A row in a file has only the text of its id. From this and <see cref="UnifyIds"/> the store
    /// tells which keys the row may have had.
    /// </summary>
    public ExpectedModels Models { get; init; } = ExpectedModels.Anyone;

    /// <summary>Whether ids that are strings and hold numbers are read as numbers.</summary>
    public bool UnifyIds { get; init; }

    /// <summary>When the ledger is full. Late joins and orphans are few, and stay in one file each.</summary>
    public LedgerRotation Rotation { get; init; } = LedgerRotation.Never;

    /// <summary>All files of the store.</summary>
    public StorePaths Paths => new(Path, Ledger.Path);

    /// <summary>Most batches whose rows the redo keeps before the files are synced (fsync).</summary>
    internal int MostUnsyncedBatches { get; init; } = 32;

    internal CsvLedgerOptions Late => Ledger with { Path = Paths.Late };
}
