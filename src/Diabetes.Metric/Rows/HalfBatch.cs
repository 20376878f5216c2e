using Diabetes.Domain.Joining;
using Diabetes.Metric.Correlators;

namespace Diabetes.Metric.Rows;

/// <summary>Halves and unreadable messages that are made durable together, with the receipts of those who wait for it. Used again and again.</summary>
internal sealed class HalfBatch
{
    private readonly List<PairHalf> _halves = [];
    private readonly List<Receipt> _receipts = [];
    private readonly Dictionary<Receipt, PairSide> _rejects = [];

    // Made when the first half comes that was told alone; until then nothing can be here twice.
    private HashSet<Receipt>? _held;

    /// <summary>Messages in it.</summary>
    public int Count => _halves.Count + _rejects.Count;

    /// <summary>Takes a half, unless it is here already.</summary>
    public void Add(Offer offer)
    {
        if (_held?.Add(offer.Receipt) != false)
        {
            _halves.Add(offer.Half);
            _receipts.Add(offer.Receipt);
        }
    }

    /// <summary>Takes a half that may be here already, or come again.</summary>
    public void AddAlone(Offer offer)
    {
        _held ??= [.. _receipts];
        Add(offer);
    }

    /// <summary>Takes a message that could not be read, unless it is here already.</summary>
    public void Add(LedgerProtocol.Reject reject) => _rejects.TryAdd(reject.Receipt, reject.Side);

    /// <summary>What a store is asked to commit; valid until this batch changes.</summary>
    public JoinBatch ToJoin(ExpectedModels models) => new(_halves, models, Unreadable(PairSide.YTrue), Unreadable(PairSide.YPred));

    /// <summary>Says who is to be told what, and empties the batch.</summary>
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
