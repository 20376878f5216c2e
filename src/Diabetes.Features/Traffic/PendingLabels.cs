using System.Collections.Immutable;
using Diabetes.Domain.Joining;

namespace Diabetes.Features.Traffic;

/// <summary>Labels that are promised and not yet due, soonest first.</summary>
internal sealed class PendingLabels
{
    private readonly PriorityQueue<PairHalf, (TimeSpan Due, long Order)> _labels = new();
    private readonly List<PairHalf> _taken = [];
    private long _order;

    public int Count => _labels.Count;

    public TimeSpan? NextDue => _labels.TryPeek(out _, out var next) ? next.Due : null;

    /// <summary>Labels due at the same time leave in the order they came in.</summary>
    public void Add(PairHalf label, TimeSpan due) => _labels.Enqueue(label, (due, _order++));

    /// <summary>Takes what is due, at most <paramref name="most"/>, in the order of the due times.</summary>
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
