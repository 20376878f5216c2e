namespace Diabetes.Domain;

/// <summary>
/// Counts halves by what became of them. Nothing is ever unaccounted for: <c>Received = 2 × Joined + Pending + Duplicates + Conflicts</c>.
/// </summary>
/// <param name="Joined">Pairs.</param>
/// <param name="Pending">Halves that wait for the other one.</param>
/// <param name="Duplicates">Halves that were there before with the same value.</param>
/// <param name="Conflicts">Halves that were there before with another value.</param>
public readonly record struct JoinTally(long Joined, long Pending, long Duplicates, long Conflicts)
{
    /// <summary>Halves that came.</summary>
    public long Received => (2 * Joined) + Pending + Duplicates + Conflicts;

    /// <summary>The tally after one more half.</summary>
    public JoinTally Count(Verdict verdict) => verdict switch
    {
        Verdict.Hold => this with { Pending = Pending + 1 },
        Verdict.Join => this with { Joined = Joined + 1, Pending = Pending - 1 },
        Verdict.Duplicate => this with { Duplicates = Duplicates + 1 },
        _ => this with { Conflicts = Conflicts + 1 },
    };

    /// <summary>The tally of two shards together.</summary>
    public static JoinTally operator +(JoinTally left, JoinTally right) => new(
        left.Joined + right.Joined, left.Pending + right.Pending, left.Duplicates + right.Duplicates, left.Conflicts + right.Conflicts);

    /// <summary>The same as <c>+</c>.</summary>
    public static JoinTally Add(JoinTally left, JoinTally right) => left + right;
}
