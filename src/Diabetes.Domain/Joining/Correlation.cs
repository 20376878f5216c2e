using System.Runtime.InteropServices;

namespace Diabetes.Domain;

/// <summary>
/// What is known of one id. A value: <see cref="Decide"/> says what a half is to it, <see cref="Apply"/> gives the correlation that
/// follows. Whatever the order, and however often each half comes: joined once, of the first value of each side.
/// </summary>
/// <remarks>48 bytes. default is the correlation that nothing came to yet.</remarks>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Correlation
{
    private readonly ObservationId _id;
    private readonly double _yTrue;
    private readonly double _yPred;

    private Correlation(Phase phase, ObservationId id, double yTrue, double yPred)
    {
        Phase = phase;
        _id = id;
        _yTrue = yTrue;
        _yPred = yPred;
    }

    public Phase Phase { get; }

    /// <summary>Whether both halves came, in time or late.</summary>
    public bool IsJoined => (Phase & Phase.Joined) == Phase.Joined;

    /// <summary>What a store kept of a correlation.</summary>
    /// <param name="phase">How far it has come.</param>
    /// <param name="id">As the ground truth spelled it; as the prediction did, where there is no ground truth yet.</param>
    /// <param name="yTrue">Ignored where the phase has none.</param>
    /// <param name="yPred">Ignored where the phase has none.</param>
    public static Correlation Restore(Phase phase, ObservationId id, double yTrue, double yPred) => new(
        phase, id, (phase & Phase.HoldingYTrue) == 0 ? 0 : yTrue, (phase & Phase.HoldingYPred) == 0 ? 0 : yPred);

    /// <summary>Asks without changing anything.</summary>
    /// <exception cref="ArgumentException">The half is of another id: it was routed wrongly.</exception>
    public Verdict Decide(in Half half)
    {
        if (Phase != Phase.None && half.Id != _id)
        {
            throw new ArgumentException($"Half of {half.Id} came to the correlation of {_id}.", nameof(half));
        }

        if ((Phase & Bit(half.Side)) == 0) return Phase == Phase.None ? Verdict.Hold : (Phase & Phase.Orphaned) == 0 ? Verdict.Join : Verdict.JoinLate;
        return ValueOf(half.Side) == half.Value ? Verdict.Duplicate : Verdict.Conflict;
    }

    /// <summary>The correlation after the half; the same one after a duplicate or a conflict.</summary>
    /// <exception cref="ArgumentException">The half is of another id: it was routed wrongly.</exception>
    public Correlation Apply(in Half half) => Decide(half) is Verdict.Duplicate or Verdict.Conflict ? this : half.Side switch
    {
        // The row is spelled as the ground truth spells it, so that it does not depend on who came first.
        Side.YTrue => new(Phase | Phase.HoldingYTrue, half.Id, half.Value, _yPred),
        _ => new(Phase | Phase.HoldingYPred, Phase == Phase.None ? half.Id : _id, _yTrue, half.Value),
    };

    /// <summary>The half that waits is given up: the other one, if it still comes, joins late.</summary>
    /// <exception cref="InvalidOperationException">Nothing waits.</exception>
    public Correlation Orphan() => Phase is Phase.HoldingYTrue or Phase.HoldingYPred
        ? new(Phase | Phase.Orphaned, _id, _yTrue, _yPred)
        : throw new InvalidOperationException($"The correlation is {Phase}: no half of it waits.");

    /// <summary>As the ground truth spelled it; before that comes, as the prediction did.</summary>
    public ObservationId Id => _id;

    /// <summary>The ground truth; null before it came.</summary>
    public double? YTrue => (Phase & Phase.HoldingYTrue) == 0 ? null : _yTrue;

    /// <summary>The prediction; null before it came.</summary>
    public double? YPred => (Phase & Phase.HoldingYPred) == 0 ? null : _yPred;

    /// <summary>The row.</summary>
    /// <exception cref="InvalidOperationException">Not joined yet.</exception>
    public JoinedPair Pair => IsJoined
        ? new(_id, _yTrue, _yPred)
        : throw new InvalidOperationException($"The correlation is {Phase}: it has no pair before both halves came.");

    private double ValueOf(Side side) => side == Side.YTrue ? _yTrue : _yPred;

    private static Phase Bit(Side side) => side == Side.YTrue ? Phase.HoldingYTrue : Phase.HoldingYPred;
}
