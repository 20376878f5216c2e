using System.Collections.Immutable;
using Diabetes.Domain.Ids;

namespace Diabetes.Features.Traffic;

/// <summary>
/// Decides when notifications are sent. Within an interval a newer label replaces those before it, because the receiver looks at everything
/// that is new anyway. The first notification is sent at once and the last is never dropped.
/// </summary>
/// <param name="interval">The shortest time between two notifications; 0 means one for each label.</param>
internal sealed class Notices(TimeSpan interval)
{
    private readonly Queue<ObservationId> _waiting = new();
    private TimeSpan _next;

    /// <summary>The number of notifications that wait: at most 1, unless the interval is 0.</summary>
    public int Count => _waiting.Count;

    /// <summary>The time of the next notification; null if nothing waits.</summary>
    public TimeSpan? NextDue => _waiting.Count > 0 ? _next : null;

    /// <summary>Adds the label that was just sent.</summary>
    public void Add(ObservationId label)
    {
        if (interval > TimeSpan.Zero)
        {
            _waiting.Clear();
        }

        _waiting.Enqueue(label);
    }

    /// <summary>Takes the notifications that are due.</summary>
    /// <param name="now">The present time.</param>
    /// <param name="most">The largest number to take.</param>
    /// <param name="isLast">True if no more labels will be sent; then everything is due at once.</param>
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
