namespace Diabetes.Domain.Joining;

/// <summary>Says how far a pair is. Stores keep these numbers on disk, so they must not change.</summary>
public enum PairStage : byte
{
    /// <summary>Neither half has arrived.</summary>
    None = 0,

    /// <summary>One half has arrived and waits for the other.</summary>
    Pending = 1,

    /// <summary>One half waited too long. The other one may still arrive.</summary>
    Orphaned = 2,

    /// <summary>Both halves have arrived: the pair is a row of the ledger.</summary>
    Joined = 3,

    /// <summary>Both halves have arrived, the second after the first had become an orphan: the pair is a row of the late joins.</summary>
    JoinedLate = 4,
}
