using Diabetes.Streams;
using Microsoft.Extensions.Logging;

namespace Diabetes.Hosting;

/// <summary>
/// Sends what is in the quarantine file to the dead letters of its queue; the broker's confirm settles the delivery, so nothing is settled before both have
/// it. A lost broker is waited for. A queue of dead letters that is full is not: it keeps its oldest letters, and what comes after them is in the file alone.
/// </summary>
public sealed class DeadLettersActor : ReceiveActor
{
    private readonly Dictionary<string, DeadLetterBox> _boxes = new(StringComparer.Ordinal);
    private readonly IBroker _broker;
    private readonly int _limit;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    /// <param name="broker">Where the letters go.</param>
    /// <param name="limit">Most letters that wait in one queue; 0 sends none.</param>
    /// <param name="time">Paces the looks at a full queue.</param>
    /// <param name="logger">Told when a queue is full.</param>
    /// <param name="giveUp">Cancelled when the time to drain is over.</param>
    public DeadLettersActor(IBroker broker, int limit, TimeProvider time, ILogger logger, CancellationToken giveUp)
    {
        (_broker, _limit, _time, _logger) = (broker, limit, time, logger);

        ReceiveAsync<DeadLettersProtocol.Publish>(async letter =>
        {
            try
            {
                await PublishAsync(letter, giveUp);
            }
            catch (OperationCanceledException) when (giveUp.IsCancellationRequested)
            {
                letter.Delivery.Abandoned(NackReason.Draining);
            }
            catch (BrokerRefusedException refused)
            {
                letter.Delivery.Abandoned(NackReason.NotDurable);
                if (_boxes.Remove(letter.Entry.Queue, out var box))
                {
                    await box.Sink.DisposeAsync();
                }

                Context.System.EventStream.Publish(new NodeFailed(
                    $"Dead letters of '{letter.Entry.Queue}' cannot be sent; let the user write to '{DeadLetterFormat.QueueOf(letter.Entry.Queue).Name}', or set dead-letters.limit = 0.", refused));
            }
        });
        ReceiveAsync<DeadLettersProtocol.Flush>(async _ =>
        {
            var asker = Sender;
            await Task.WhenAll(_boxes.Values.Select(box => box.Sink.FlushAsync(giveUp)));
            asker.Tell(DeadLettersProtocol.Flushed.Instance);
        });
        ReceiveAsync<DeadLettersProtocol.Close>(async _ =>
        {
            var asker = Sender;
            var unconfirmed = _boxes.Values.Sum(box => box.Sink.Outstanding);
            await Task.WhenAll(_boxes.Values.Select(box => box.Sink.DisposeAsync().AsTask()));
            asker.Tell(new DeadLettersProtocol.Closed(unconfirmed));
            Context.Stop(Self);
        });
    }

    private async Task PublishAsync(DeadLettersProtocol.Publish letter, CancellationToken giveUp)
    {
        if (_limit == 0)
        {
            letter.Delivery.Confirmed();
            return;
        }

        var queue = letter.Entry.Queue;
        if (!_boxes.TryGetValue(queue, out var box))
        {
            box = _boxes[queue] = new DeadLetterBox(_broker, DeadLetterFormat.QueueOf(queue), _limit, _time, _logger);
        }

        if (await box.TakeRoomAsync(giveUp))
        {
            await box.Sink.PublishAsync(letter.Entry, letter.Delivery, giveUp);
        }
        else
        {
            letter.Delivery.Confirmed();
        }
    }
}
