using System.Collections.Immutable;
using Diabetes.Domain.Joining;

namespace Diabetes.Features.Traffic;

/// <summary>Keeps the labels that are not yet due, ordered by their due time.</summary>
internal sealed class PendingLabels
{
    private readonly PriorityQueue<PairHalf, (TimeSpan Due, long Order)> _labels = new();
    private readonly List<PairHalf> _taken = [];
    private long _order;

    public int Count => _labels.Count;

    /// <summary>The due time of the next label; null if there is none.</summary>
    public TimeSpan? NextDue => _labels.TryPeek(out _, out var next) ? next.Due : null;

    /// <summary>Adds a label. Labels with the same due time leave in the order in which they were added.</summary>
    public void Add(PairHalf label, TimeSpan due) => _labels.Enqueue(label, (due, _order++));

    /// <summary>Takes the labels that are due, at most <paramref name="most"/>, in the order of their due times.</summary>
    public ImmutableArray<PairHalf> Take(TimeSpan now, int most)
    {
        while (_taken.Count < most && _labels.TryPeek(out var label, out var next) && next.Due <= now)
        {
            _labels.Dequeue();
            _taken.Add(label);
        }

        ImmutableArray<PairHalf> taken = [.. _taken];
        _taken.Clear();
        return taken;
    }
}
