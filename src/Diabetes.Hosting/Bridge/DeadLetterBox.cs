using Diabetes.Streams;
using Microsoft.Extensions.Logging;

namespace Diabetes.Hosting;

/// <summary>
/// The dead letters of one queue: where they go, and how many more there may be. Without arguments a queue has no bound of its own, so the broker is asked how
/// many wait, once for every handful; several nodes that write to one queue may therefore exceed the limit by a handful each.
/// </summary>
internal sealed class DeadLetterBox(IBroker broker, QueueSpec queue, int limit, TimeProvider time, ILogger logger)
{
    private const int Handful = 100;
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(10);

    private long _room;
    private bool _full;
    private DateTimeOffset _nextLook;

    public ISink<QuarantineEntry> Sink { get; } = broker.Sink<QuarantineEntry>(queue, DeadLetterFormat.Write);

    /// <summary>Whether one more letter may be sent. Waits for the broker if that has to be asked.</summary>
    public async ValueTask<bool> TakeRoomAsync(CancellationToken cancellationToken)
    {
        if (_room == 0 && (!_full || time.GetUtcNow() >= _nextLook))
        {
            await LookAsync(cancellationToken);
        }

        if (_room == 0)
        {
            return false;
        }

        _room--;
        return true;
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        var depth = await broker.InspectAsync(queue.Name, cancellationToken);
        var waiting = (depth?.Messages ?? 0) + Sink.Outstanding;
        _room = Math.Clamp(limit - waiting, 0, Handful);
        _nextLook = time.GetUtcNow() + LookAgainAfter;
        if (_room == 0 && !_full)
        {
            Log.DeadLettersFull(logger, queue.Name, waiting, limit);
        }
        else if (_room > 0 && _full)
        {
            Log.DeadLettersTaken(logger, queue.Name);
        }

        _full = _room == 0;
    }
}
