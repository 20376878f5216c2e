namespace Diabetes.Ledger;

/// <summary>What a store knows of a pair. default is that nothing of it came yet.</summary>
/// <param name="Stage">How far it has come.</param>
/// <param name="Id">The id as its row has it; null where nothing is known.</param>
/// <param name="Model">Whose prediction it is, if models are told apart.</param>
/// <param name="YTrue">Ground truth, in the target's unit; null while it is missing.</param>
/// <param name="YPred">Prediction, in the target's unit; null while it is missing.</param>
/// <param name="Since">Since when the first half waits, in milliseconds; of no meaning once joined.</param>
public readonly record struct PairState(PairStage Stage, string? Id, string? Model, double? YTrue, double? YPred, DateTimeOffset Since)
{
    /// <summary>Whether both halves came, in time or late.</summary>
    public bool IsJoined => Stage is PairStage.Joined or PairStage.JoinedLate;

    /// <summary>The row of a joined pair.</summary>
    internal LedgerRow Row => new(Id!, YTrue!.Value, YPred!.Value, Math.Abs(YTrue.Value - YPred.Value));

    /// <summary>What must hold of any pair that is kept, whatever the rules of joining are.</summary>
    internal bool IsSound => !string.IsNullOrEmpty(Id) && Stage switch
    {
        PairStage.Pending or PairStage.Orphaned => YTrue.HasValue != YPred.HasValue,
        PairStage.Joined or PairStage.JoinedLate => YTrue.HasValue && YPred.HasValue,
        _ => false,
    };
}
