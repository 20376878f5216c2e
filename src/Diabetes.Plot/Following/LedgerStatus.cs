namespace Diabetes.Plot.Following;

/// <summary>What there is to draw.</summary>
internal enum LedgerStatus
{
    /// <summary>There is no ledger.</summary>
    Missing,

    /// <summary>A ledger without rows.</summary>
    Empty,

    /// <summary>A ledger with rows.</summary>
    Filled,
}
