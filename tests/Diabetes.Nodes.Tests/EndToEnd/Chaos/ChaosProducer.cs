using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using Akka.Streams;
using Akka.Streams.Dsl;
using Diabetes.Amqp;
using Diabetes.Amqp.Dsl;
using Diabetes.Amqp.Settings;
using Diabetes.Domain.Ids;
using Diabetes.Domain.Joining;
using Diabetes.Domain.Wire;
using Diabetes.Ledger.Datasets;
using Diabetes.Nodes.Tests.Support.Processes;

namespace Diabetes.Nodes.Tests.EndToEnd.Chaos;

/// <summary>
/// Sends rows and labels at times drawn from the plan's seed: a label up to the plan's delay after its row, one message in ten twice,
/// one in a hundred junk. When it completes, the broker has everything that it sent.
/// </summary>
internal sealed class ChaosProducer(ChaosPlan plan, AmqpConnection connection, QueueDeclaration features, QueueDeclaration truths)
{
    private const int JunkShare = 100;
    private const int TwiceShare = 10;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(5);
    private readonly Random _random = new(plan.Seed);

    /// <summary>Bodies that no node can read, each different, and the queues they went to.</summary>
    public List<(string Queue, string Body)> Junk { get; } = [];

    /// <summary>Ids whose features and label were sent, as the ledger prints them.</summary>
    public List<string> Ids { get; } = [];

    /// <summary>Completes when the broker has confirmed everything.</summary>
    public async Task SendAsync(IMaterializer materializer)
    {
        var (toFeatures, featuresSent) = Open(features, materializer);
        var (toTruths, truthsSent) = Open(truths, materializer);
        using var tick = new PeriodicTimer(Tick, TimeProvider.System);
        var start = TimeProvider.System.GetTimestamp();
        foreach (var (at, isTruth, body) in Messages().OrderBy(message => message.At))
        {
            while (TimeProvider.System.GetElapsedTime(start).TotalSeconds < at)
            {
                await tick.WaitForNextTickAsync();
            }

            Assert.IsType<QueueOfferResult.Enqueued>(await (isTruth ? toTruths : toFeatures).OfferAsync(body));
        }

        toFeatures.Complete();
        toTruths.Complete();
        await Task.WhenAll(featuresSent, truthsSent);
    }

    private (ISourceQueueWithComplete<byte[]> Queue, Task<Done> Sent) Open(QueueDeclaration queue, IMaterializer materializer) =>
        Source.Queue<byte[]>(1000, OverflowStrategy.Backpressure)
            .Select(static body => ImmutableArray.Create([body]))
            .ToMaterialized(
                AmqpSink.Create<byte[]>(
                    AmqpSinkSettings.Create(connection, queue),
                    static (body, outgoing) => outgoing.Body.Write(body)),
                Keep.Both)
            .Run(materializer);

    private List<(double At, bool IsTruth, byte[] Body)> Messages()
    {
        using var text = File.OpenText(Repository.Dataset);
        var dataset = DatasetReader.Read(text, "diabetes.csv");
        var messages = new List<(double, bool, byte[])>();
        for (var i = 0; i < plan.Ids; i++)
        {
            var id = ObservationId.FromUnixMicroseconds(1_800_000_000_000_000 + (i * 37));
            var row = _random.Next(dataset.Count);
            Ids.Add(id.ToString());
            Add(i, false, Encode(output => WireCodec.WriteFeatures(new FeatureVector(id, dataset.Features(row)), output)));
            Add(i, true, Encode(output => WireCodec.WriteHalf(new PairHalf(id, PairSide.YTrue, dataset.Targets[row]), output)));
            if (_random.Next(JunkShare) == 0)
            {
                var isTruth = _random.Next(2) == 0;
                Junk.Add((isTruth ? truths.Name : features.Name, $"junk {i}"));
                Add(i, isTruth, Encoding.UTF8.GetBytes(Junk[^1].Body));
            }
        }

        return messages;

        void Add(int number, bool isTruth, byte[] body)
        {
            var at = (double)number / plan.Rate;
            messages.Add((at + Delay(), isTruth, body));
            if (body[0] == '{' && _random.Next(TwiceShare) == 0)
            {
                messages.Add((at + Delay(), isTruth, body));
            }

            double Delay() => isTruth ? plan.LabelDelay * _random.NextDouble() : 0;
        }
    }

    private static byte[] Encode(Action<ArrayBufferWriter<byte>> write)
    {
        var output = new ArrayBufferWriter<byte>();
        write(output);
        return output.WrittenSpan.ToArray();
    }
}
