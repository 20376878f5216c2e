using Diabetes.Streams;

namespace Diabetes.Hosting;

/// <summary>Makes the actors at a node's edges and registers how they end, so that a recipe reads as what flows where.</summary>
public static class Bridging
{
    /// <summary>Largest quarantine file in bytes; the one before it is kept beside it.</summary>
    private const long QuarantineLimit = 64 << 20;

    /// <summary>Consumes a queue: stops handing out when the node stops consuming, closes when everything is settled.</summary>
    /// <param name="context">The node's.</param>
    /// <param name="queue">What to consume.</param>
    /// <param name="decode">Makes payloads of bytes.</param>
    /// <param name="route">Names the receiver of a delivery; runs on the broker's thread.</param>
    public static IActorRef ConsumeTo<T>(this NodeContext context, QueueSpec queue, Decoder<T> decode, Func<Delivery<T>, IActorRef> route)
    {
        var source = context.Broker.Source(queue, decode);
        var logger = context.Logger;
        var actor = context.System.ActorOf(Props.Create(() => new SourceActor<T>(source, route, logger)), $"{context.Node}-source-{Uri.EscapeDataString(queue.Name)}");
        context.OnDrain(DrainPhase.StopConsuming, $"stop consuming {queue.Name}", () =>
            actor.Ask<SourceProtocol.Drained>(SourceProtocol.Drain.Instance, Timeout.InfiniteTimeSpan));
        context.OnDrain(DrainPhase.Close, $"settle what was consumed from {queue.Name}", async () =>
        {
            var closed = await actor.Ask<SourceProtocol.Closed>(SourceProtocol.Close.Instance, Timeout.InfiniteTimeSpan);
            if (closed.Unsettled > 0)
            {
                throw new InvalidOperationException($"{closed.Unsettled} messages went back to the queue unsettled");
            }
        });
        return actor;
    }

    /// <summary>Publishes to a queue: closes when the node closes, and says what the broker had not confirmed by then.</summary>
    public static IActorRef PublishTo<T>(this NodeContext context, QueueSpec queue, Encoder<T> encode)
    {
        var sink = context.Broker.Sink(queue, encode);
        var actor = context.System.ActorOf(Props.Create(() => new SinkActor<T>(sink, context.GiveUp)), $"{context.Node}-sink-{Uri.EscapeDataString(queue.Name)}");
        context.OnDrain(DrainPhase.Close, $"publish to {queue.Name}", async () =>
        {
            var closed = await actor.Ask<SinkProtocol.Closed>(SinkProtocol.Close.Instance, Timeout.InfiniteTimeSpan);
            if (closed.Unconfirmed > 0)
            {
                throw new InvalidOperationException($"{closed.Unconfirmed} messages were not confirmed by the broker");
            }
        });
        return actor;
    }

    /// <summary>The quarantine of a node, file and dead letters, which writes what waits before the node closes.</summary>
    public static IActorRef Quarantine(this NodeContext context)
    {
        var file = new QuarantineFile(context.LogFile("quarantine.ndjson"), QuarantineLimit);
        var (logger, time) = (context.Logger, context.Time);
        var letters = DeadLetters(context);
        var actor = context.System.ActorOf(Props.Create(() => new QuarantineActor(file, letters, time, logger)), $"{context.Node}-quarantine");
        context.OnDrain(DrainPhase.Report, "write the quarantine", async () =>
        {
            var flushed = await actor.Ask<QuarantineProtocol.Flushed>(QuarantineProtocol.Flush.Instance, Timeout.InfiniteTimeSpan);
            if (flushed.Waiting > 0)
            {
                throw new IOException($"{flushed.Waiting} messages wait for a disk that does not take them");
            }

            await letters.Ask<DeadLettersProtocol.Flushed>(DeadLettersProtocol.Flush.Instance, Timeout.InfiniteTimeSpan);
        });
        return actor;
    }

    private static IActorRef DeadLetters(NodeContext context)
    {
        var (broker, logger, time, giveUp) = (context.Broker, context.Logger, context.Time, context.GiveUp);
        var limit = context.Settings.Get(CommonSettings.DeadLetterLimit);
        var actor = context.System.ActorOf(Props.Create(() => new DeadLettersActor(broker, limit, time, logger, giveUp)), $"{context.Node}-dead-letters");
        context.OnDrain(DrainPhase.Close, "send the dead letters", async () =>
        {
            var closed = await actor.Ask<DeadLettersProtocol.Closed>(DeadLettersProtocol.Close.Instance, Timeout.InfiniteTimeSpan);
            if (closed.Unconfirmed > 0)
            {
                throw new InvalidOperationException($"{closed.Unconfirmed} dead letters were not confirmed by the broker");
            }
        });
        return actor;
    }
}
