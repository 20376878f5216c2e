using Diabetes.Amqp;
using Diabetes.Amqp.Settings;
using Microsoft.Extensions.Logging;

namespace Diabetes.Hosting.Quarantine;

/// <summary>
/// Counts how many more set-aside messages one queue may get. A queue that is declared without arguments has no limit of its own, so the
/// broker is asked how many wait, once for every 100 messages; each of several nodes that write to one queue may therefore exceed the limit
/// by 100.
/// </summary>
internal sealed class SetAsideRoom(AmqpConnection connection, QueueDeclaration queue, int limit, TimeProvider time, ILogger logger)
{
    private const int Batch = 100;
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(10);

    private long _room;
    private long _unconfirmed;
    private Room _state;
    private DateTimeOffset _nextLook;

    /// <summary>Takes the room for one message. Waits for the broker if it has to be asked.</summary>
    /// <returns>False if the queue is full.</returns>
    public async ValueTask<bool> TakeAsync(CancellationToken cancellationToken)
    {
        if (_room == 0 && (_state == Room.Open || time.GetUtcNow() >= _nextLook))
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

    /// <summary>Notes that the broker confirmed a message: from now on the broker counts it.</summary>
    public void Confirmed() => Interlocked.Decrement(ref _unconfirmed);

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        var (refusal, depth) = await AskAsync(cancellationToken).ConfigureAwait(false);
        var waiting = (depth?.Messages ?? 0) + Volatile.Read(ref _unconfirmed);
        _room = refusal is null ? Math.Clamp(limit - waiting, 0, Batch) : 0;
        _nextLook = time.GetUtcNow() + LookAgainAfter;
        var state = refusal is not null ? Room.Refused : _room == 0 ? Room.Full : Room.Open;
        if (state == _state)
        {
            return;
        }

        _state = state;
        switch (state)
        {
            case Room.Refused:
                Log.SetAsideQueueRefused(logger, queue.Name, refusal!);
                break;
            case Room.Full:
                Log.SetAsideQueueFull(logger, queue.Name, waiting, limit);
                break;
            default:
                Log.SetAsideQueueTaken(logger, queue.Name);
                break;
        }
    }

    /// <summary>Asks for the depth, and declares the queue if it does not exist. A user may have no permission for either.</summary>
    /// <returns>Why the queue cannot be used, in sentences; null if it can.</returns>
    private async Task<(string? Refusal, QueueDepth? Depth)> AskAsync(CancellationToken cancellationToken)
    {
        try
        {
            var depth = await connection.InspectAsync(queue.Name, cancellationToken).ConfigureAwait(false);
            return depth is not null || await connection.TryDeclareAsync(queue, cancellationToken).ConfigureAwait(false)
                ? (null, depth)
                : ("It does not exist, and the broker does not permit this user to declare it.", null);
        }
        catch (AmqpRefusedException refused)
        {
            return (refused.Message, null);
        }
    }

    private enum Room
    {
        Open,
        Full,
        Refused,
    }
}
