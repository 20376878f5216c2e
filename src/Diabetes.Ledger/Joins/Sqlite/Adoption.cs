namespace Diabetes.Ledger;

/// <summary>
/// Indexes rows that are in a file and not in the index. A row has only the text of its id left, which may have had several keys. A half of it that still
/// waits tells which; otherwise the likeliest is taken for the row's, and the others become aliases, so that none of them is ever joined again.
/// </summary>
internal sealed class Adoption(PairTable pairs, PairStage stage, SqliteJoinStoreOptions options)
{
    /// <summary>By how much the counts of the ground truth grew.</summary>
    public SideCounts YTrue { get; private set; }

    /// <summary>By how much the counts of the predictions grew.</summary>
    public SideCounts YPred { get; private set; }

    /// <summary>Indexes one row; does nothing where it is indexed already.</summary>
    /// <returns>Whether it was news.</returns>
    public bool Adopt(in LedgerRow row)
    {
        var joined = new PairState(stage, row.Id, null, row.YTrue, row.YPred, default);
        string[] keys = [.. options.Models.Candidates(row.Id, options.UnifyIds).Select(static key => key.ToString())];
        foreach (var key in keys)
        {
            if (pairs.Find(key, out _) is { Stage: PairStage.Pending or PairStage.Orphaned } waiting && (waiting.YTrue == row.YTrue || waiting.YPred == row.YPred))
            {
                pairs.Put(key, joined with { Model = waiting.Model });
                YTrue += Completed(waiting.YTrue.HasValue, waiting.Stage);
                YPred += Completed(waiting.YPred.HasValue, waiting.Stage);
                return true;
            }
        }

        var isNews = false;
        foreach (var key in keys)
        {
            var known = pairs.Find(key, out var isAlias);
            if (known.Stage == PairStage.Unknown && isNews)
            {
                pairs.PutAlias(key, joined);
            }
            else if ((known.Stage == PairStage.Unknown || isAlias) && !isNews)
            {
                pairs.Put(key, joined);
                isNews = true;
            }
            else if (known.IsJoined && !isAlias && known.YTrue == row.YTrue && known.YPred == row.YPred)
            {
                return isNews;
            }
        }

        if (isNews)
        {
            YTrue += Completed(false, PairStage.Unknown);
            YPred += Completed(false, PairStage.Unknown);
        }

        return isNews;
    }

    private static SideCounts Completed(bool waited, PairStage from) => new(
        waited ? 0 : 1, 1, waited && from == PairStage.Pending ? -1 : 0, waited && from == PairStage.Orphaned ? -1 : 0, 0, 0);
}
