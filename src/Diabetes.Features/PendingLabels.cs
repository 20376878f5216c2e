namespace Diabetes.Features;

/// <summary>Labels that are promised and not yet due, soonest first.</summary>
internal sealed class PendingLabels
{
    private readonly PriorityQueue<Half, (TimeSpan Due, long Order)> _labels = new();
    private long _order;

    public int Count => _labels.Count;

    public TimeSpan? NextDue => _labels.TryPeek(out _, out var next) ? next.Due : null;

    /// <summary>Labels due at the same time leave in the order they came in.</summary>
    public void Add(Half label, TimeSpan due) => _labels.Enqueue(label, (due, _order++));

    public bool TryTake(TimeSpan now, out Half label)
    {
        if (_labels.TryPeek(out label, out var next) && next.Due <= now)
        {
            _labels.Dequeue();
            return true;
        }

        return false;
    }
}
