namespace Diabetes.Domain;

/// <summary>How far a correlation has come. Bit 1 is ground truth, bit 2 the prediction, bit 4 that the first of them was given up.</summary>
[Flags]
public enum Phase : byte
{
    /// <summary>Nothing came yet.</summary>
    None = 0,

    /// <summary>Ground truth waits for its prediction.</summary>
    HoldingYTrue = 1,

    /// <summary>A prediction waits for its ground truth.</summary>
    HoldingYPred = 2,

    /// <summary>Both came.</summary>
    Joined = HoldingYTrue | HoldingYPred,

    /// <summary>Beside one of the above: the half that came first waited too long and is an orphan; with both, it is a late join.</summary>
    Orphaned = 4,
}
