using System.Text;
using Diabetes.Domain.Joining;

namespace Diabetes.Nodes.Tests.Simulation;

/// <summary>
/// Holds everything that is chosen at random before a run: what is published, how the node is configured, and what goes wrong.
/// </summary>
internal sealed class Scenario
{
    private readonly Random _random;
    private List<Message> _messages = [];

    private Scenario(Random random)
    {
        _random = random;
        Models = random.Next(3) == 0 ? ["a", "b"] : [];
        (Buckets, Prefetch, CommitRows) = (random.Next(1, 4), random.Next(3, 40), random.Next(1, 20));
        (SpillAfter, CommitInterval) = (Milliseconds(100, 2000), Milliseconds(1, 50));
        (OrphanAfter, SweepLimit) = (Milliseconds(5000, 20_000), random.Next(1, 10));
        (Crashes, Drains, Cuts) = (random.Next(5), random.Next(3), random.Next(3));
        (OutageBegins, OutageEnds) = (Milliseconds(0, 12_000), Milliseconds(0, 14_000));
        (Faults, BucketStops, LosesMessages) = (random.Next(3), random.Next(3), random.Next(3) == 0);
        (RefusedShare, TakesBackInOrder) = (random.Next(3) * random.NextDouble() * 0.2, random.Next(2) == 0);
        var ids = random.Next(20, 61);
        for (var id = 0; id < ids; id++)
        {
            AddId(id);
        }
    }

    public IReadOnlyList<Message> Messages => _messages;

    public IReadOnlyList<string> Models { get; }

    public int Buckets { get; }

    public int Prefetch { get; }

    public TimeSpan SpillAfter { get; }

    public TimeSpan CommitInterval { get; }

    public int CommitRows { get; }

    public TimeSpan OrphanAfter { get; }

    public int SweepLimit { get; }

    public int Crashes { get; }

    public int Drains { get; }

    public int Cuts { get; }

    /// <summary>How often a port throws an unexpected exception.</summary>
    public int Faults { get; }

    /// <summary>How often a bucket is stopped and loses what it holds.</summary>
    public int BucketStops { get; }

    /// <summary>True if offers and verdicts can get lost during the disturbances.</summary>
    public bool LosesMessages { get; }

    /// <summary>The share of calls that store and disk refuse during the disturbances.</summary>
    public double RefusedShare { get; }

    /// <summary>
    /// The time from which they refuse everything, until <see cref="OutageEnds"/>. If that is earlier, there is no outage.
    /// </summary>
    public TimeSpan OutageBegins { get; }

    public TimeSpan OutageEnds { get; }

    /// <summary>The fault that the checks must find.</summary>
    public Mutant Mutant { get; private set; }

    /// <summary>True if a queue returns messages to their old place, as classic queues do; otherwise they return in any order.</summary>
    public bool TakesBackInOrder { get; }

    /// <summary>The time at which disturbances end, so that the run can come to rest.</summary>
    public TimeSpan TroubleEnds { get; } = TimeSpan.FromSeconds(15);

    public static Scenario Of(int seed) => new(new Random(~seed));

    /// <summary>The same with fewer messages.</summary>
    public Scenario With(IEnumerable<Message> messages)
    {
        var fewer = (Scenario)MemberwiseClone();
        fewer._messages = [.. messages];
        return fewer;
    }

    /// <summary>The same with a fault.</summary>
    public Scenario With(Mutant mutant)
    {
        var mutated = With(_messages);
        mutated.Mutant = mutant;
        return mutated;
    }

    private void AddId(int id)
    {
        var at = Milliseconds(0, 10_000);
        foreach (var side in new[] { PairSide.YTrue, PairSide.YPred })
        {
            if (_random.Next(12) == 0)
            {
                continue;
            }

            var delay = _random.Next(10) switch
            {
                < 6 => Milliseconds(0, 200),
                < 9 => Milliseconds(0, 5000),
                _ => OrphanAfter + Milliseconds(0, 10_000),
            };
            foreach (var model in side == PairSide.YTrue ? [null] : Predictors())
            {
                AddHalf(id, side, at + delay, model);
            }
        }

        if (_random.Next(15) == 0)
        {
            Add(_random.Next(2) == 0 ? PairSide.YTrue : PairSide.YPred, at, $"junk {id}", null, 0, null);
        }
    }

    /// <summary>
    /// Whose predictions come for an id: where nobody in particular is expected, it does not matter what they say of themselves.
    /// </summary>
    private string?[] Predictors() => Models.Count == 0
        ? [_random.Next(4) == 0 ? "z" : null]
        : [.. Models, .. _random.Next(10) == 0 ? ["unexpected"] : Array.Empty<string>()];

    private void AddHalf(int id, PairSide side, TimeSpan at, string? model)
    {
        var value = _random.Next(300);
        Publish(value);
        while (_random.Next(6) == 0)
        {
            at += Milliseconds(0, _random.Next(2) == 0 ? 10 : 3000);
            Publish(_random.Next(3) == 0 ? value + 1 : value);
        }

        void Publish(int number)
        {
            // Ground truth spells the id in its own way, and so does the row.
            var spelled = side == PairSide.YTrue || _random.Next(2) == 0 ? $"{id}" : $"{id}.0";
            var named = model is null ? "" : $$""","model":"{{model}}" """;
            Add(side, at, $$"""{"id":{{spelled}},"body":{{number}}{{named}}}""", id, number, model);
        }
    }

    private void Add(PairSide side, TimeSpan at, string body, int? id, double value, string? model) =>
        _messages.Add(new Message(_messages.Count, side, at, Encoding.UTF8.GetBytes(body), id, value, model));

    private TimeSpan Milliseconds(int from, int to) => TimeSpan.FromMilliseconds(_random.Next(from, to));
}
