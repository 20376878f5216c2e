using System.Collections.Immutable;

namespace Diabetes.Features;

/// <summary>Labels that are promised and not yet due, soonest first.</summary>
internal sealed class PendingLabels
{
    private readonly PriorityQueue<Half, (TimeSpan Due, long Order)> _labels = new();
    private readonly List<Half> _taken = [];
    private long _order;

    public int Count => _labels.Count;

    public TimeSpan? NextDue => _labels.TryPeek(out _, out var next) ? next.Due : null;

    /// <summary>Labels due at the same time leave in the order they came in.</summary>
    public void Add(Half label, TimeSpan due) => _labels.Enqueue(label, (due, _order++));

    /// <summary>Takes what is due, at most <paramref name="most"/>, in the order of the due times.</summary>
    public ImmutableArray<Half> Take(TimeSpan now, int most)
    {
        while (_taken.Count < most && _labels.TryPeek(out var label, out var next) && next.Due <= now)
        {
            _labels.Dequeue();
            _taken.Add(label);
        }

        ImmutableArray<Half> taken = [.. _taken];
        _taken.Clear();
        return taken;
    }
}
