namespace Diabetes.Ledger;

/// <summary>A pair to keep from now on.</summary>
/// <param name="Key">Place of its key in the batch.</param>
/// <param name="State">The new state: pending, joined or joined late. A joined one becomes a row.</param>
public readonly record struct PairPut(int Key, PairState State);
