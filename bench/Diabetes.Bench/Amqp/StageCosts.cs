using System.Collections.Immutable;
using System.Reflection;
using Akka.Actor;
using Akka.Streams;
using Akka.Streams.Dsl;
using Diabetes.Amqp;
using Diabetes.Amqp.Client;
using Diabetes.Amqp.Dsl;
using Diabetes.Amqp.Messages;
using Diabetes.Amqp.Settings;
using Diabetes.Amqp.Stages;
using Microsoft.Extensions.Logging.Abstractions;
using RabbitMQ.Client;

namespace Diabetes.Bench.Amqp;

/// <summary>What the parts of a stream cost by themselves, without a broker.</summary>
internal sealed class StageCosts : IAsyncDisposable
{
    private const int Times = 9;
    private const int Hops = 10;

    private readonly ActorSystem _system = ActorSystem.Create("bench", "akka.loglevel = WARNING");
    private readonly IMaterializer _materializer;

    public StageCosts() => _materializer = _system.Materializer();

    public void Print()
    {
        Console.WriteLine("| part | CPU µs | B |");
        Console.WriteLine("|---|---|---|");
        var (without, with) = (Hop(1), Hop(1 + Hops));
        Row("a fused Select, a message each", without, with, Hops);
        Row("a fused Select, 256 messages an element, a message", without, with, Hops * 256);
        foreach (var together in (int[])[1, 16, 256])
        {
            Row($"a hand-over, {together} at once", default, HandOver(together), 1);
        }

        Row("a settlement", default, Settlement(), 1);
    }

    public async ValueTask DisposeAsync() => await _system.Terminate();

    private static void Row(string name, Sample without, Sample with, int parts) => Console.WriteLine(
        $"| {name} | {(with.CpuNanoseconds - without.CpuNanoseconds) / 1000 / parts:F3} | {(with.Bytes - without.Bytes) / parts:F0} |");

    private static Sample Median(int count, Action work) =>
        Sample.Median(Enumerable.Range(0, Times + 3).Select(_ => Rounds.Time(count, work)).Skip(3));

    private Sample Hop(int hops)
    {
        const int Elements = 1_000_000;
        var source = Source.Repeat(this).Take(Elements);
        for (var i = 0; i < hops; i++)
        {
            source = source.Select(static element => element);
        }

        return Median(Elements, () => source.RunWith(Sink.Ignore<StageCosts>(), _materializer).Wait());
    }

    /// <summary>From the client's thread to the end of the stream, as many as come at once; then a pause until they are through.</summary>
    private Sample HandOver(int together)
    {
        const int Messages = 200_000;
        var (connection, arrivals) = (new ScriptedConnection(), new Arrivals());
        var (control, ended) = AmqpSource.CommittableSource(
                NamedQueueSourceSettings.Create(connection, new QueueDeclaration("scripted")),
                static (in message) => message.Body.Length)
            .ToMaterialized(
                Sink.FromGraph(new EndStage<ImmutableArray<CommittableMessage<int>>>(batch => arrivals.Add(batch.Length))),
                Keep.Both)
            .Run(_materializer);
        SpinWait.SpinUntil(() => connection.IsConsumed);
        var sample = Median(Messages, () =>
        {
            for (var sent = 0; sent < Messages; sent += together)
            {
                var arrived = arrivals.Expect(together);
                for (var i = 0; i < together; i++)
                {
                    connection.Deliver();
                }

                arrived.Wait();
            }
        });
        control.Shutdown().Wait();
        ended.Wait();
        return sample;
    }

    /// <summary>
    /// Measures a delivery's path through the consumer's bookkeeping, from the client's call to the command that settles it;
    /// 256 deliveries at once.
    /// </summary>
    private static Sample Settlement()
    {
        const int Messages = 200_000;
        const int Together = 256;
        var session = new RabbitMqSession(DispatchProxy.Create<IConnection, ScriptedChannel>(), null, static _ => { });
        var settings = NamedQueueSourceSettings.Create(new ScriptedConnection(), new QueueDeclaration("scripted")).WithPrefetch(20_000);
        var deliveries = new Kept();
        IAsyncBasicConsumer consumer = new RabbitMqConsumer(
            session,
            DispatchProxy.Create<IChannel, ScriptedChannel>(),
            settings,
            deliveries,
            TimeProvider.System,
            NullLogger.Instance,
            new RedeliveryWatch("scripted", NullLogger.Instance));
        var (properties, body, tag) = (new BasicProperties(), new byte[60], 0UL);
        return Median(Messages, () =>
        {
            for (var sent = 0; sent < Messages; sent += Together)
            {
                for (var i = 0; i < Together; i++)
                {
                    consumer.HandleBasicDeliverAsync("", ++tag, redelivered: false, "", "scripted", properties, body);
                }

                deliveries.CommitAll();
            }
        });
    }

    /// <summary>Keeps what is delivered until all of it is committed.</summary>
    private sealed class Kept : IDeliveries
    {
        private readonly List<CommittableMessage<int>> _kept = [];

        public void Take(in IncomingMessage message, ulong tag, bool redelivered, ISettlement settlement) =>
            _kept.Add(new CommittableMessage<int>(message.Body.Length, tag, redelivered, settlement));

        public void CommitAll()
        {
            _kept.ForEach(static message => message.Commit());
            _kept.Clear();
        }
    }
}
