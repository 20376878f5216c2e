using System.Collections.Immutable;
using Diabetes.Domain.Ids;

namespace Diabetes.Features.Traffic;

/// <summary>
/// Says which notifications are due. Within an interval the newest label takes the place of those before it, since who is notified looks at everything that is new;
/// the first leaves at once and the last is never dropped.
/// </summary>
/// <param name="interval">Between two notifications; 0 for one a label.</param>
internal sealed class Notices(TimeSpan interval)
{
    private readonly Queue<ObservationId> _waiting = new();
    private TimeSpan _next;

    /// <summary>At most one, unless the interval is 0.</summary>
    public int Count => _waiting.Count;

    public TimeSpan? NextDue => _waiting.Count > 0 ? _next : null;

    /// <summary>A label was sent.</summary>
    public void Add(ObservationId label)
    {
        if (interval > TimeSpan.Zero)
        {
            _waiting.Clear();
        }

        _waiting.Enqueue(label);
    }

    /// <summary>Takes what is due.</summary>
    /// <param name="now">The time.</param>
    /// <param name="most">Most to take.</param>
    /// <param name="isLast">True where no label comes any more: then nothing is waited for.</param>
    public ImmutableArray<ObservationId> Take(TimeSpan now, int most, bool isLast)
    {
        if (_waiting.Count == 0 || (now < _next && !isLast))
        {
            return [];
        }

        var taken = ImmutableArray.CreateBuilder<ObservationId>(Math.Min(most, _waiting.Count));
        while (taken.Count < taken.Capacity)
        {
            taken.Add(_waiting.Dequeue());
        }

        _next = now + interval;
        return taken.MoveToImmutable();
    }
}
