using System.Runtime.InteropServices;
using Diabetes.Domain.Ids;

namespace Diabetes.Domain.Joining;

/// <summary>
/// What is known of one pair. A value: <see cref="Decide"/> says what a half is to it, <see cref="Apply"/> gives the correlation that
/// follows. Whatever the order, and however often each half comes: joined once, of the first value of each side.
/// </summary>
/// <remarks>48 bytes. default is the correlation that nothing came to yet.</remarks>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Correlation
{
    private readonly ObservationId _id;
    private readonly double _yTrue;
    private readonly double _yPred;

    // The side that came, while only one has.
    private readonly PairSide _waiting;

    private Correlation(PairStage stage, ObservationId id, double yTrue, double yPred, PairSide waiting = default) =>
        (Stage, _id, _yTrue, _yPred, _waiting) = (stage, id, yTrue, yPred, waiting);

    public PairStage Stage { get; }

    /// <summary>Whether both halves came, in time or late.</summary>
    public bool IsJoined => Stage is PairStage.Joined or PairStage.JoinedLate;

    /// <summary>Makes a correlation of what a store kept of it.</summary>
    /// <param name="stage">How far it has come: not <see cref="PairStage.None"/>, of which a store keeps nothing.</param>
    /// <param name="id">As the ground truth spelled it; as the prediction did, where there is no ground truth yet.</param>
    /// <param name="yTrue">The ground truth, in the target's unit; null before it came.</param>
    /// <param name="yPred">The prediction, in the target's unit; null before it came.</param>
    /// <returns>Null if the values do not fit the stage: one before the join, both after it.</returns>
    public static Correlation? Restore(PairStage stage, ObservationId id, double? yTrue, double? yPred) => (stage, yTrue, yPred) switch
    {
        (PairStage.Pending or PairStage.Orphaned, { } truth, null) => new Correlation(stage, id, truth, 0, PairSide.YTrue),
        (PairStage.Pending or PairStage.Orphaned, null, { } prediction) => new(stage, id, 0, prediction, PairSide.YPred),
        (PairStage.Joined or PairStage.JoinedLate, { } truth, { } prediction) => new(stage, id, truth, prediction),
        _ => null,
    };

    /// <summary>Asks without changing anything.</summary>
    /// <exception cref="ArgumentException">The half is of another id: it was routed wrongly.</exception>
    public Verdict Decide(in PairHalf half)
    {
        if (Stage == PairStage.None) return Verdict.Hold;
        if (half.Id != _id) throw new ArgumentException($"Half of {half.Id} came to the correlation of {_id}.", nameof(half));
        if (!Has(half.Side)) return Stage == PairStage.Pending ? Verdict.Join : Verdict.JoinLate;
        return (half.Side == PairSide.YTrue ? _yTrue : _yPred) == half.Value ? Verdict.Duplicate : Verdict.Conflict;
    }

    /// <summary>The correlation after the half; the same one after a duplicate or a conflict.</summary>
    /// <exception cref="ArgumentException">The half is of another id: it was routed wrongly.</exception>
    public Correlation Apply(in PairHalf half) => Decide(half) switch
    {
        Verdict.Hold when half.Side == PairSide.YTrue => new(PairStage.Pending, half.Id, half.Value, 0, PairSide.YTrue),
        Verdict.Hold => new(PairStage.Pending, half.Id, 0, half.Value, PairSide.YPred),
        Verdict.Join => Complete(PairStage.Joined, half),
        Verdict.JoinLate => Complete(PairStage.JoinedLate, half),
        _ => this,
    };

    /// <summary>As the ground truth spelled it; before that comes, as the prediction did.</summary>
    public ObservationId Id => _id;

    /// <summary>The ground truth; null before it came.</summary>
    public double? YTrue => Has(PairSide.YTrue) ? _yTrue : null;

    /// <summary>The prediction; null before it came.</summary>
    public double? YPred => Has(PairSide.YPred) ? _yPred : null;

    /// <summary>The row.</summary>
    /// <exception cref="InvalidOperationException">Not joined yet.</exception>
    public JoinedPair Pair => IsJoined
        ? new(_id, _yTrue, _yPred)
        : throw new InvalidOperationException($"The correlation is {Stage}: it has no pair before both halves came.");

    /// <summary>In words; the generated text would ask for the <see cref="Pair"/>, which may not be there.</summary>
    public override string ToString() => $"{_id} {Stage}, y_true {YTrue?.ToString() ?? "missing"}, y_pred {YPred?.ToString() ?? "missing"}";

    private bool Has(PairSide side) => IsJoined || (Stage != PairStage.None && side == _waiting);

    // The row is spelled as the ground truth spells it, so that it does not depend on who came first.
    private Correlation Complete(PairStage stage, in PairHalf half) => half.Side == PairSide.YTrue
        ? new(stage, half.Id, half.Value, _yPred)
        : new(stage, _id, _yTrue, half.Value);
}
