namespace Diabetes.Ledger;

/// <summary>What a follower met at the position it asked for.</summary>
public enum LedgerState
{
    /// <summary>There is no ledger yet.</summary>
    Missing,

    /// <summary>The ledger goes on from the position asked for (with rows, or with none yet).</summary>
    Following,

    /// <summary>The ledger is shorter than the position: it was replaced, and the page starts at its beginning.</summary>
    Restarted,
}
