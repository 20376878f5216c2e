namespace Diabetes.Domain.Joining;

/// <summary>
/// Halves of one side by what became of them; as a change, by how much each grew. Nothing is ever unaccounted for:
/// <c>Received = Joined + Pending + Orphaned + Duplicates + Quarantined</c>.
/// </summary>
/// <param name="Received">Halves that came, and messages that could not be read. Ground truth counts once for each expected model.</param>
/// <param name="Joined">Halves whose pair is in the ledger, late ones too.</param>
/// <param name="Pending">Halves that wait for the other one.</param>
/// <param name="Orphaned">Halves that waited too long.</param>
/// <param name="Duplicates">Halves that were there before with the same value.</param>
/// <param name="Quarantined">
/// Halves that were there before with another value or that nobody expects, and messages that could not be read.
/// </param>
public readonly record struct SideTally(long Received, long Joined, long Pending, long Orphaned, long Duplicates, long Quarantined)
{
    /// <summary>Whether every half is accounted for.</summary>
    public bool IsBalanced => Received == Joined + Pending + Orphaned + Duplicates + Quarantined;

    public static SideTally operator +(SideTally left, SideTally right) => new(
        left.Received + right.Received,
        left.Joined + right.Joined,
        left.Pending + right.Pending,
        left.Orphaned + right.Orphaned,
        left.Duplicates + right.Duplicates,
        left.Quarantined + right.Quarantined);

    /// <summary>The same as <c>+</c>.</summary>
    public static SideTally Add(SideTally left, SideTally right) => left + right;

    /// <summary>The tally of messages that came to this side's queue and could not be read.</summary>
    public static SideTally OfUnreadable(long messages) => new(messages, 0, 0, 0, 0, messages);

    /// <summary>By how much a tally grows when halves that waited are given up.</summary>
    public static SideTally OfOrphans(long halves) => new(0, 0, -halves, halves, 0, 0);

    /// <summary>The tally after one more half of this side.</summary>
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

    /// <summary>The tally after one more half of the other side, which may have met one of this.</summary>
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
