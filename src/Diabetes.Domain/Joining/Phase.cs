namespace Diabetes.Domain;

/// <summary>How far a correlation has come. Bit 1 is ground truth, bit 2 the prediction.</summary>
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
}
