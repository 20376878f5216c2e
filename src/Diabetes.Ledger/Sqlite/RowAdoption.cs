using Diabetes.Domain.Joining;

namespace Diabetes.Ledger.Sqlite;

/// <summary>
/// Indexes rows that are in a file and not in the index. A row has only the text of its id left, which may have had several keys. A half of it that still
/// waits tells which; otherwise the likeliest is taken for the row's, and the others become aliases, so that none of them is ever joined again.
/// </summary>
internal sealed class RowAdoption(PairTable pairs, PairStage stage, SqliteJoinStoreOptions options)
{
    /// <summary>By how much the counts of the ground truth grew.</summary>
    public SideTally YTrue { get; private set; }

    /// <summary>By how much the counts of the predictions grew.</summary>
    public SideTally YPred { get; private set; }

    /// <summary>Indexes one row; does nothing where it is indexed already.</summary>
    /// <returns>Whether it was news.</returns>
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

        var isNews = false;
        foreach (var (key, text) in keys)
        {
            var known = pairs.Find(key, text, out var isAlias);
            if (known.Stage == PairStage.None && isNews)
            {
                pairs.PutAlias(text, row);
            }
            else if ((known.Stage == PairStage.None || isAlias) && !isNews)
            {
                // Whose prediction it is, the row does not say.
                pairs.PutRow(text, stage, row, model: null);
                isNews = true;
            }
            else if (known.IsJoined && !isAlias && known.YTrue == row.YTrue && known.YPred == row.YPred)
            {
                return isNews;
            }
        }

        if (isNews)
        {
            YTrue += Completed(false, PairStage.None);
            YPred += Completed(false, PairStage.None);
        }

        return isNews;
    }

    private static SideTally Completed(bool waited, PairStage from) => new(
        waited ? 0 : 1, 1, waited && from == PairStage.Pending ? -1 : 0, waited && from == PairStage.Orphaned ? -1 : 0, 0, 0);
}
