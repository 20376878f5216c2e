using Diabetes.Domain.Joining;
using Diabetes.Metric.Correlators;

namespace Diabetes.Metric.Rows;

/// <summary>
/// Collects halves and unreadable messages for one commit, with the receipts of the stages that wait for the verdicts. One batch object is
/// used again and again.
/// </summary>
internal sealed class HalfBatch
{
    private readonly List<PairHalf> _halves = [];
    private readonly List<Receipt> _receipts = [];
    private readonly Dictionary<Receipt, PairSide> _rejects = [];

    // The receipts in this batch. Null until AddAlone is called, because before that no half can arrive twice.
    private HashSet<Receipt>? _held;

    /// <summary>The number of messages in the batch.</summary>
    public int Count => _halves.Count + _rejects.Count;

    /// <summary>Adds a half, unless it is in the batch already.</summary>
    public void Add(Offer offer)
    {
        if (_held?.Add(offer.Receipt) != false)
        {
            _halves.Add(offer.Half);
            _receipts.Add(offer.Receipt);
        }
    }

    /// <summary>Adds a half that may be in the batch already, or may arrive again.</summary>
    public void AddAlone(Offer offer)
    {
        _held ??= [.. _receipts];
        Add(offer);
    }

    /// <summary>Adds an unreadable message, unless it is in the batch already.</summary>
    public void Add(LedgerProtocol.Reject reject) => _rejects.TryAdd(reject.Receipt, reject.Side);

    /// <summary>Creates what the store commits. It is valid until this batch changes.</summary>
    public JoinBatch ToJoin(ExpectedModels models) => new(_halves, models, Unreadable(PairSide.YTrue), Unreadable(PairSide.YPred));

    /// <summary>Assigns each verdict to the origin of its half, and empties the batch.</summary>
    public void Settle(IReadOnlyList<Verdict> verdicts, Origins origins)
    {
        for (var i = 0; i < _receipts.Count; i++)
        {
            origins.Add(_receipts[i], verdicts[i]);
        }

        foreach (var receipt in _rejects.Keys)
        {
            origins.Add(receipt, Verdict.Unreadable);
        }

        _halves.Clear();
        _receipts.Clear();
        _rejects.Clear();
        _held = null;
    }

    private int Unreadable(PairSide side) => _rejects.Values.Count(rejected => rejected == side);
}
