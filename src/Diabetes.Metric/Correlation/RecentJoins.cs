using Diabetes.Domain;

namespace Diabetes.Metric;

/// <summary>
/// The ids a shard joined last, so that a half that comes again is known for what it is after its correlator has gone. Bounded: the oldest
/// make room.
/// </summary>
/// <param name="capacity">Ids remembered, about 150 bytes each.</param>
internal sealed class RecentJoins(int capacity)
{
    private readonly Dictionary<JoinKey, Correlation> _joins = [];
    private readonly Queue<JoinKey> _order = new();

    public void Add(JoinKey key, Correlation correlation)
    {
        if (_joins.Count == capacity)
        {
            _joins.Remove(_order.Dequeue());
        }

        if (_joins.TryAdd(key, correlation))
        {
            _order.Enqueue(key);
        }
    }

    public bool TryGet(JoinKey key, out Correlation correlation) => _joins.TryGetValue(key, out correlation);
}
