namespace Diabetes.Domain.Joining;

/// <summary>How far a pair of halves has come. Stores keep these numbers on the disk.</summary>
public enum PairStage : byte
{
    /// <summary>Neither half came yet.</summary>
    None = 0,

    /// <summary>One half waits for the other.</summary>
    Pending = 1,

    /// <summary>One half waited too long; the other one may still come.</summary>
    Orphaned = 2,

    /// <summary>Both came: a row of the ledger.</summary>
    Joined = 3,

    /// <summary>Both came, the second when the first was an orphan already: a row of late joins.</summary>
    JoinedLate = 4,
}
