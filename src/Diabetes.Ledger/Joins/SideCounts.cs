namespace Diabetes.Ledger;

/// <summary>Halves of one side, over all runs, by what became of them.</summary>
/// <param name="Received">Halves that came.</param>
/// <param name="Joined">Halves in a row, late ones too.</param>
/// <param name="Pending">Halves that wait in the store.</param>
/// <param name="Orphaned">Halves that waited too long.</param>
/// <param name="Duplicates">Halves that had come before.</param>
/// <param name="Quarantined">Messages set aside.</param>
public readonly record struct SideCounts(long Received, long Joined, long Pending, long Orphaned, long Duplicates, long Quarantined)
{
    /// <summary>Whether every half is accounted for.</summary>
    public bool IsBalanced => Received == Joined + Pending + Orphaned + Duplicates + Quarantined;

    public static SideCounts operator +(SideCounts left, SideCounts right) => new(
        left.Received + right.Received,
        left.Joined + right.Joined,
        left.Pending + right.Pending,
        left.Orphaned + right.Orphaned,
        left.Duplicates + right.Duplicates,
        left.Quarantined + right.Quarantined);

    /// <summary>The same as <c>+</c>.</summary>
    public static SideCounts Add(SideCounts left, SideCounts right) => left + right;

    public override string ToString() =>
        $"{Received} received {(IsBalanced ? '=' : '≠')} {Joined} joined + {Pending} pending + {Orphaned} orphaned + {Duplicates} duplicates + {Quarantined} quarantined";
}
