using Diabetes.Streams;

namespace Diabetes.Hosting;

/// <summary>
/// Owns a sink and feeds it one message at a time. A full window suspends this actor's mailbox, and so the senders' prefetch fills: that is
/// how back-pressure travels to the broker.
/// </summary>
public sealed class SinkActor<T> : ReceiveActor
{
    private bool _failed;

    /// <param name="sink">The sink, owned from here on.</param>
    /// <param name="giveUp">Cancelled when the time to drain is over: what still waits for room is abandoned.</param>
    public SinkActor(ISink<T> sink, CancellationToken giveUp)
    {
        ReceiveAsync<SinkProtocol.Publish<T>>(async publish =>
        {
            try
            {
                await sink.PublishAsync(publish.Message, publish.Confirmation, giveUp);
            }
            catch (OperationCanceledException) when (giveUp.IsCancellationRequested)
            {
                publish.Confirmation?.Abandoned(NackReason.Draining);
            }
            catch (BrokerRefusedException refused)
            {
                publish.Confirmation?.Abandoned(NackReason.NotDurable);
                Fail(refused, sink.Queue.Name);
            }
        });
        ReceiveAsync<SinkProtocol.Flush>(async _ =>
        {
            try
            {
                await sink.FlushAsync(giveUp);
                Sender.Tell(SinkProtocol.Flushed.Instance);
            }
            catch (BrokerRefusedException refused)
            {
                Sender.Tell(new Status.Failure(refused));
            }
        });
        ReceiveAsync<SinkProtocol.Close>(async _ =>
        {
            var unconfirmed = sink.Outstanding;
            await sink.DisposeAsync();
            Sender.Tell(new SinkProtocol.Closed(unconfirmed));
            Context.Stop(Self);
        });
    }

    /// <summary>Once is enough: what is given back comes again and is refused again until the node has ended.</summary>
    private void Fail(BrokerRefusedException refused, string queue)
    {
        if (!_failed)
        {
            Context.System.EventStream.Publish(new NodeFailed($"Queue '{queue}' cannot be published to.", refused));
        }

        _failed = true;
    }
}
