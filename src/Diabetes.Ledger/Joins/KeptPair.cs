using Diabetes.Domain.Joining;

namespace Diabetes.Ledger.Joins;

/// <summary>A pair that a batch changed, with its key and its id as the text that tables and files have.</summary>
/// <param name="Place">Place of its key in the batch.</param>
/// <param name="Key">Its key.</param>
/// <param name="Id">Its id, spelled as in its row.</param>
/// <param name="Model">Whose prediction it is, if models are told apart.</param>
/// <param name="Known">What is known of it from now on.</param>
internal readonly record struct KeptPair(int Place, string Key, string Id, string? Model, Correlation Known)
{
    /// <summary>The row of a joined pair.</summary>
    public LedgerRow Row
    {
        get
        {
            var pair = Known.Pair;
            return new LedgerRow(Id, pair.YTrue, pair.YPred, pair.AbsoluteError);
        }
    }

    /// <param name="batch">What was committed.</param>
    /// <param name="keys">Its keys as text.</param>
    /// <param name="outcome">What it came to.</param>
    /// <returns>One for each change, in that order.</returns>
    public static KeptPair[] Of(JoinBatch batch, string[] keys, JoinOutcome outcome)
    {
        var kept = new KeptPair[outcome.Changes.Count];
        for (var i = 0; i < kept.Length; i++)
        {
            var (place, known) = outcome.Changes[i];
            var model = batch.Keys[place].Model;

            // Most ids are the text of their key, which is there already.
            var id = known.Id.IsItsKey && model is null ? keys[place] : known.Id.ToString();
            kept[i] = new KeptPair(place, keys[place], id, model, known);
        }

        return kept;
    }
}
