using Diabetes.Domain.Joining;

namespace Diabetes.Ledger.Sqlite;

/// <summary>
/// Indexes rows that are in a file and not in the index. A row has only the text of its id, which may belong to several keys. If a half of
/// the row still waits, the row gets the key of that half. Otherwise it gets the likeliest key, and the others become aliases, so that none
/// of them is joined again.
/// </summary>
internal sealed class RowAdoption(PairTable pairs, PairStage stage, SqliteJoinStoreOptions options)
{
    /// <summary>Change of the counts of the ground truth.</summary>
    public SideTally YTrue { get; private set; }

    /// <summary>Change of the counts of the predictions.</summary>
    public SideTally YPred { get; private set; }

    /// <summary>Indexes one row; does nothing if it is indexed already.</summary>
    /// <returns>Whether it was new.</returns>
    public bool Adopt(in LedgerRow row)
    {
        var candidates = options.Models.Candidates(row.Id, options.UnifyIds);
        (PairKey Key, string Text)[] keys = [.. candidates.Select(static key => (key, key.ToString()))];
        foreach (var (key, text) in keys)
        {
            if (pairs.Find(key, text, out _) is { Stage: PairStage.Pending or PairStage.Orphaned } waiting
                && (waiting.YTrue == row.YTrue || waiting.YPred == row.YPred))
            {
                pairs.PutRow(text, stage, row, key.Model);
                YTrue += Completed(waiting.YTrue.HasValue, waiting.Stage);
                YPred += Completed(waiting.YPred.HasValue, waiting.Stage);
                return true;
            }
        }

        var isNew = false;
        foreach (var (key, text) in keys)
        {
            var known = pairs.Find(key, text, out var isAlias);
            if (known.Stage == PairStage.None && isNew)
            {
                pairs.PutAlias(text, row);
            }
            else if ((known.Stage == PairStage.None || isAlias) && !isNew)
            {
                // A row does not say which model predicted it.
                pairs.PutRow(text, stage, row, model: null);
                isNew = true;
            }
            else if (known.IsJoined && !isAlias && known.YTrue == row.YTrue && known.YPred == row.YPred)
            {
                return isNew;
            }
        }

        if (isNew)
        {
            YTrue += Completed(false, PairStage.None);
            YPred += Completed(false, PairStage.None);
        }

        return isNew;
    }

    private static SideTally Completed(bool waited, PairStage from) => new(
        waited ? 0 : 1, 1, waited && from == PairStage.Pending ? -1 : 0, waited && from == PairStage.Orphaned ? -1 : 0, 0, 0);
}
