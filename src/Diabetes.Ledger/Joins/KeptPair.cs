using Diabetes.Domain.Joining;

namespace Diabetes.Ledger.Joins;

/// <summary>Holds a pair that a batch changed, with its key and its id as text, as tables and files have them.</summary>
/// <param name="Place">Index of its key in the batch.</param>
/// <param name="Key">Its key.</param>
/// <param name="Id">Its id, spelled as in its row.</param>
/// <param name="Model">Model of the prediction; null if models are not told apart.</param>
/// <param name="Known">What the store knows of it from now on.</param>
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

    /// <summary>Lists the pairs that the outcome changes.</summary>
    /// <param name="batch">The halves.</param>
    /// <param name="keys">The batch's keys as text.</param>
    /// <param name="outcome">What was decided.</param>
    /// <returns>One for each change, in the same order.</returns>
    public static KeptPair[] Of(JoinBatch batch, string[] keys, JoinOutcome outcome)
    {
        var kept = new KeptPair[outcome.Changes.Count];
        for (var i = 0; i < kept.Length; i++)
        {
            var (place, known) = outcome.Changes[i];
            var model = batch.Keys[place].Model;

            // Most ids are the text of their key, so that text is used again.
            var id = known.Id.IsItsKey && model is null ? keys[place] : known.Id.ToString();
            kept[i] = new KeptPair(place, keys[place], id, model, known);
        }

        return kept;
    }
}
