using System.Runtime.InteropServices;
using Diabetes.Domain.Ids;

namespace Diabetes.Domain.Joining;

/// <summary>
/// Holds what is known of one pair. <see cref="Decide"/> tells what a half means for the pair, and <see cref="Apply(in PairHalf)"/>
/// returns the pair as it is after that half. The order of arrival does not matter, nor how often a half arrives: the pair is joined once,
/// with the first value of each side. The value is immutable.
/// </summary>
/// <remarks>Takes 48 bytes. The default value is a pair without any half.</remarks>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Correlation
{
    private readonly ObservationId _id;
    private readonly double _yTrue;
    private readonly double _yPred;

    // The side that has arrived, while the other one is missing.
    private readonly PairSide _waiting;

    private Correlation(PairStage stage, ObservationId id, double yTrue, double yPred, PairSide waiting = default) =>
        (Stage, _id, _yTrue, _yPred, _waiting) = (stage, id, yTrue, yPred, waiting);

    /// <summary>How far the pair is.</summary>
    public PairStage Stage { get; }

    /// <summary>True if both halves have arrived, in time or late.</summary>
    public bool IsJoined => Stage is PairStage.Joined or PairStage.JoinedLate;

    /// <summary>Creates a correlation from what a store keeps of it.</summary>
    /// <param name="stage">How far the pair is. Not <see cref="PairStage.None"/>, because a store keeps no such pairs.</param>
    /// <param name="id">The id as the ground truth writes it, or as the prediction does if there is no ground truth yet.</param>
    /// <param name="yTrue">The ground truth in the unit of the target; null if it has not arrived.</param>
    /// <param name="yPred">The prediction in the unit of the target; null if it has not arrived.</param>
    /// <returns>The correlation; null if the values do not fit the stage (one value before the join, both after it).</returns>
    public static Correlation? Restore(PairStage stage, ObservationId id, double? yTrue, double? yPred) => (stage, yTrue, yPred) switch
    {
        (PairStage.Pending or PairStage.Orphaned, { } truth, null) => new Correlation(stage, id, truth, 0, PairSide.YTrue),
        (PairStage.Pending or PairStage.Orphaned, null, { } prediction) => new(stage, id, 0, prediction, PairSide.YPred),
        (PairStage.Joined or PairStage.JoinedLate, { } truth, { } prediction) => new(stage, id, truth, prediction),
        _ => null,
    };

    /// <summary>Tells what a half means for this pair.</summary>
    /// <exception cref="ArgumentException">The half is of another id: it was routed wrongly.</exception>
    public Verdict Decide(in PairHalf half)
    {
        if (Stage == PairStage.None)
        {
            return Verdict.Hold;
        }

        if (half.Id != _id)
        {
            throw new ArgumentException($"A half of {half.Id} was given to the correlation of {_id}.", nameof(half));
        }

        if (!Has(half.Side))
        {
            return Stage == PairStage.Pending ? Verdict.Join : Verdict.JoinLate;
        }

        return (half.Side == PairSide.YTrue ? _yTrue : _yPred) == half.Value ? Verdict.Duplicate : Verdict.Conflict;
    }

    /// <summary>Returns the pair after the half. A duplicate or a conflict does not change it.</summary>
    /// <exception cref="ArgumentException">The half is of another id: it was routed wrongly.</exception>
    public Correlation Apply(in PairHalf half) => Apply(half, Decide(half));

    /// <summary>Does the same with the verdict that <see cref="Decide"/> returned for the half.</summary>
    internal Correlation Apply(in PairHalf half, Verdict verdict) => verdict switch
    {
        Verdict.Hold when half.Side == PairSide.YTrue => new(PairStage.Pending, half.Id, half.Value, 0, PairSide.YTrue),
        Verdict.Hold => new(PairStage.Pending, half.Id, 0, half.Value, PairSide.YPred),
        Verdict.Join => Complete(PairStage.Joined, half),
        Verdict.JoinLate => Complete(PairStage.JoinedLate, half),
        _ => this,
    };

    /// <summary>The id as the ground truth writes it, or as the prediction does if there is no ground truth yet.</summary>
    public ObservationId Id => _id;

    /// <summary>The ground truth; null if it has not arrived.</summary>
    public double? YTrue => Has(PairSide.YTrue) ? _yTrue : null;

    /// <summary>The prediction; null if it has not arrived.</summary>
    public double? YPred => Has(PairSide.YPred) ? _yPred : null;

    /// <summary>The pair as a row of the ledger.</summary>
    /// <exception cref="InvalidOperationException">A half is still missing.</exception>
    public JoinedPair Pair => IsJoined
        ? new(_id, _yTrue, _yPred)
        : throw new InvalidOperationException($"The correlation is {Stage}. It has no pair until both halves have arrived.");

    /// <summary>Describes the pair. The generated text would read <see cref="Pair"/>, which throws while a half is missing.</summary>
    public override string ToString() => $"{_id} {Stage}, y_true {YTrue?.ToString() ?? "missing"}, y_pred {YPred?.ToString() ?? "missing"}";

    private bool Has(PairSide side) => IsJoined || (Stage != PairStage.None && side == _waiting);

    // The row has the id as the ground truth writes it, so that it does not depend on which half arrived first.
    private Correlation Complete(PairStage stage, in PairHalf half) => half.Side == PairSide.YTrue
        ? new(stage, half.Id, half.Value, _yPred)
        : new(stage, _id, _yTrue, half.Value);
}
