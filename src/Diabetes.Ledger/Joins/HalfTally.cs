namespace Diabetes.Ledger;

/// <summary>What a decision counts of one side's halves. Those that wait and those that were given up the store counts by itself.</summary>
/// <param name="Received">Halves that came.</param>
/// <param name="Joined">Halves that became part of a row.</param>
/// <param name="Duplicates">Halves that had come before.</param>
/// <param name="Quarantined">Messages set aside.</param>
public readonly record struct HalfTally(long Received, long Joined, long Duplicates, long Quarantined)
{
    public static HalfTally operator +(HalfTally left, HalfTally right) => new(
        left.Received + right.Received, left.Joined + right.Joined, left.Duplicates + right.Duplicates, left.Quarantined + right.Quarantined);

    /// <summary>The same as <c>+</c>.</summary>
    public static HalfTally Add(HalfTally left, HalfTally right) => left + right;
}
