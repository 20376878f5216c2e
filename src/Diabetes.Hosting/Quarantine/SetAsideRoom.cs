using Diabetes.Amqp;
using Microsoft.Extensions.Logging;

namespace Diabetes.Hosting.Quarantine;

/// <summary>
/// How many more dead letters one queue may get. Without arguments a queue has no bound of its own, so the broker is asked how
/// many wait, once for every handful; several nodes that write to one queue may therefore exceed the limit by a handful each.
/// </summary>
internal sealed class SetAsideRoom(AmqpConnection connection, string queue, int limit, TimeProvider time, ILogger logger)
{
    private const int Handful = 100;
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(10);

    private long _room;
    private long _unconfirmed;
    private bool _full;
    private DateTimeOffset _nextLook;

    /// <summary>Whether one more letter may be sent. Waits for the broker if that has to be asked.</summary>
    public async ValueTask<bool> TakeAsync(CancellationToken cancellationToken)
    {
        if (_room == 0 && (!_full || time.GetUtcNow() >= _nextLook))
        {
            await LookAsync(cancellationToken).ConfigureAwait(false);
        }

        if (_room == 0)
        {
            return false;
        }

        _room--;
        Interlocked.Increment(ref _unconfirmed);
        return true;
    }

    /// <summary>The broker has a letter that was sent, and counts it from now on.</summary>
    public void Confirmed() => Interlocked.Decrement(ref _unconfirmed);

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        var depth = await connection.InspectAsync(queue, cancellationToken).ConfigureAwait(false);
        var waiting = (depth?.Messages ?? 0) + Volatile.Read(ref _unconfirmed);
        _room = Math.Clamp(limit - waiting, 0, Handful);
        _nextLook = time.GetUtcNow() + LookAgainAfter;
        if (_room == 0 && !_full)
        {
            Log.DeadLettersFull(logger, queue, waiting, limit);
        }
        else if (_room > 0 && _full)
        {
            Log.DeadLettersTaken(logger, queue);
        }

        _full = _room == 0;
    }
}
