using System.Buffers;
using System.Collections.Immutable;
using Akka.Actor;
using Akka.Streams;
using Akka.Streams.Dsl;
using Diabetes.Amqp;
using Diabetes.Amqp.Dsl;
using Diabetes.Amqp.Messages;
using Diabetes.Amqp.Settings;

namespace Diabetes.Bench.Amqp;

/// <summary>
/// Sends the same messages through the stages, wired as the nodes wire them: a row is consumed, answered by a prediction and committed
/// when the prediction is confirmed; labels and predictions are consumed and committed.
/// </summary>
internal sealed class StageRoundTrip : IAsyncDisposable
{
    private const int Together = 256;

    private readonly Arrivals _arrivals = new();
    private readonly ActorSystem _system = ActorSystem.Create("bench", "akka.loglevel = WARNING");
    private readonly AmqpConnection _connection;
    private readonly string _prefix;
    private readonly ISourceQueueWithComplete<ImmutableArray<byte[]>> _rows;
    private readonly ISourceQueueWithComplete<ImmutableArray<byte[]>> _labels;

    public StageRoundTrip(AmqpConnection connection, QueueKind kind)
    {
        (_connection, _prefix) = (connection, $"stages-{kind}-");
        var materializer = _system.Materializer();
        AmqpSource.CommittableSource(Source(0, kind), static (in message) => message.Body.Length)
            .Select(batch =>
            {
                _arrivals.Add(batch.Length);
                return ImmutableArray.CreateRange(batch, static row => new Publication<byte[], ICommittable>(Observation.Bodies[1], row));
            })
            .Via(AmqpFlow.WithConfirm<byte[], ICommittable>(Sink(1, kind), Write))
            .RunWith(Committer.Sink(), materializer);
        foreach (var queue in (int[])[1, 2])
        {
            AmqpSource.CommittableSource(Source(queue, kind), static (in message) => message.Body.Length)
                .Select(static batch => batch.CastArray<ICommittable>())
                .Via(Committer.Flow())
                .RunForeach(_arrivals.Add, materializer);
        }

        _rows = Feed(0);
        _labels = Feed(2);

        ISourceQueueWithComplete<ImmutableArray<byte[]>> Feed(int queue) => Akka.Streams.Dsl.Source
            .Queue<ImmutableArray<byte[]>>(1, OverflowStrategy.Backpressure)
            .To(AmqpSink.Create<byte[]>(Sink(queue, kind), Write))
            .Run(materializer);
    }

    public async Task RunAsync(int count)
    {
        var arrived = _arrivals.Expect(3 * count);
        for (var sent = 0; sent < count; sent += Together)
        {
            var together = Math.Min(Together, count - sent);
            await _rows.OfferAsync([.. Enumerable.Repeat(Observation.Bodies[0], together)]);
            await _labels.OfferAsync([.. Enumerable.Repeat(Observation.Bodies[2], together)]);
        }

        await arrived;
    }

    public async ValueTask DisposeAsync()
    {
        await _system.Terminate();
        await _connection.DisposeAsync();
    }

    private static void Write(byte[] body, OutgoingMessage outgoing) => outgoing.Body.Write(body);

    private NamedQueueSourceSettings Source(int queue, QueueKind kind) =>
        NamedQueueSourceSettings.Create(_connection, Queue(queue, kind)).WithPrefetch(20_000);

    private AmqpSinkSettings Sink(int queue, QueueKind kind) => AmqpSinkSettings.Create(_connection, Queue(queue, kind));

    private QueueDeclaration Queue(int queue, QueueKind kind) =>
        new QueueDeclaration(_prefix + Observation.Names[queue]).WithDurable(true).WithKind(kind);
}
