namespace Diabetes.Domain.Joining;

/// <summary>
/// Counts the halves of one side by what became of them. Also used for the change of such counts. Every half is counted once, so
/// <c>Received = Joined + Pending + Orphaned + Duplicates + Quarantined</c>.
/// </summary>
/// <param name="Received">Halves that arrived, and messages that were unreadable. Ground truth counts once for each expected model.</param>
/// <param name="Joined">Halves whose pair is in the ledger, including late ones.</param>
/// <param name="Pending">Halves that wait for the other one.</param>
/// <param name="Orphaned">Halves that waited too long.</param>
/// <param name="Duplicates">Halves that had arrived before with the same value.</param>
/// <param name="Quarantined">Halves that had arrived before with another value or whose model is not expected, and messages that were
/// unreadable.</param>
public readonly record struct SideTally(long Received, long Joined, long Pending, long Orphaned, long Duplicates, long Quarantined)
{
    /// <summary>True if the counts add up.</summary>
    public bool IsBalanced => Received == Joined + Pending + Orphaned + Duplicates + Quarantined;

    /// <summary>Adds two tallies.</summary>
    public static SideTally operator +(SideTally left, SideTally right) => new(
        left.Received + right.Received,
        left.Joined + right.Joined,
        left.Pending + right.Pending,
        left.Orphaned + right.Orphaned,
        left.Duplicates + right.Duplicates,
        left.Quarantined + right.Quarantined);

    /// <summary>Adds two tallies, like <c>+</c>.</summary>
    public static SideTally Add(SideTally left, SideTally right) => left + right;

    /// <summary>Returns the tally of unreadable messages.</summary>
    public static SideTally OfUnreadable(long messages) => new(messages, 0, 0, 0, 0, messages);

    /// <summary>Returns the change when pending halves become orphans.</summary>
    public static SideTally OfOrphans(long halves) => new(0, 0, -halves, halves, 0, 0);

    /// <summary>Returns the tally after one more half of this side.</summary>
    public SideTally Count(Verdict verdict)
    {
        var counted = this with { Received = Received + 1 };
        return verdict switch
        {
            Verdict.Hold => counted with { Pending = Pending + 1 },
            Verdict.Join or Verdict.JoinLate => counted with { Joined = Joined + 1 },
            Verdict.Duplicate => counted with { Duplicates = Duplicates + 1 },
            _ => counted with { Quarantined = Quarantined + 1 },
        };
    }

    /// <summary>Returns the tally after one more half of the other side, which may have been joined with one of this side.</summary>
    public SideTally CountOther(Verdict verdict) => verdict switch
    {
        Verdict.Join => this with { Joined = Joined + 1, Pending = Pending - 1 },
        Verdict.JoinLate => this with { Joined = Joined + 1, Orphaned = Orphaned - 1 },
        _ => this,
    };

    public override string ToString() =>
        $"{Received} received {(IsBalanced ? '=' : '≠')} {Joined} joined + {Pending} pending + {Orphaned} orphaned "
        + $"+ {Duplicates} duplicates + {Quarantined} quarantined";
}
