namespace Diabetes.Ledger;

/// <summary>How far a pair of halves has come.</summary>
public enum PairStage : byte
{
    /// <summary>Nothing of it came yet.</summary>
    Unknown = 0,

    /// <summary>One half waits for the other.</summary>
    Pending = 1,

    /// <summary>One half waited too long; the other one may still come.</summary>
    Orphaned = 2,

    /// <summary>Both came: a row of the ledger.</summary>
    Joined = 3,

    /// <summary>Both came, the second when the first was an orphan already: a row, marked late.</summary>
    JoinedLate = 4,
}
