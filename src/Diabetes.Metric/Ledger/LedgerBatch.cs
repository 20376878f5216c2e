using Diabetes.Streams;

namespace Diabetes.Metric;

/// <summary>Rows that are committed together and the deliveries that wait for them. Two of them take turns; neither is made anew.</summary>
internal sealed class LedgerBatch
{
    private readonly List<(IConfirmation First, IConfirmation Second)> _deliveries = [];
    private LedgerRow[] _rows = new LedgerRow[64];

    public int Count => _deliveries.Count;

    public ReadOnlyMemory<LedgerRow> Rows => _rows.AsMemory(0, Count);

    public void Add(LedgerProtocol.Append append)
    {
        if (Count == _rows.Length)
        {
            Array.Resize(ref _rows, 2 * Count);
        }

        var pair = append.Pair;
        _rows[Count] = new LedgerRow(pair.Id.ToString(), pair.YTrue, pair.YPred, pair.AbsoluteError);
        _deliveries.Add((append.First, append.Second));
    }

    /// <summary>Settles every delivery and empties the batch.</summary>
    public void Settle()
    {
        foreach (var (first, second) in _deliveries)
        {
            first.Confirmed();
            second.Confirmed();
        }

        Array.Clear(_rows, 0, Count);
        _deliveries.Clear();
    }

    /// <summary>The rows' truths and predictions, for the histogram: a copy, since the batch is filled again.</summary>
    public LedgerRow[] Copy() => Rows.ToArray();
}
