using System.Buffers;
using System.Text;
using Diabetes.Domain;
using Diabetes.Nodes.Tests.Processes;
using Diabetes.Streams;
using Half = Diabetes.Domain.Half;

namespace Diabetes.Nodes.Tests.Chaos;

/// <summary>
/// Sends rows and labels at the times that the plan's seed draws: labels by up to its delay behind their row, one message in ten twice, one in a hundred junk.
/// Everything it sent is with the broker when it is done.
/// </summary>
internal sealed class ChaosProducer(ChaosPlan plan, IBroker broker, QueueSpec features, QueueSpec truths)
{
    private const int JunkShare = 100;
    private const int TwiceShare = 10;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(5);
    private readonly Random _random = new(plan.Seed);

    /// <summary>Bodies that no node can read, each different, and the queues they went to.</summary>
    public List<(string Queue, string Body)> Junk { get; } = [];

    /// <summary>Ids whose features and label were sent, as the ledger prints them.</summary>
    public List<string> Ids { get; } = [];

    public async Task SendAsync()
    {
        await using var featureSink = broker.Sink<byte[]>(features, static (body, output) => output.Write(body));
        await using var truthSink = broker.Sink<byte[]>(truths, static (body, output) => output.Write(body));
        using var tick = new PeriodicTimer(Tick, TimeProvider.System);
        var start = TimeProvider.System.GetTimestamp();
        foreach (var (at, isTruth, body) in Messages().OrderBy(message => message.At))
        {
            while (TimeProvider.System.GetElapsedTime(start).TotalSeconds < at)
            {
                await tick.WaitForNextTickAsync();
            }

            await (isTruth ? truthSink : featureSink).PublishAsync(body, null, CancellationToken.None);
        }

        await featureSink.FlushAsync(CancellationToken.None);
        await truthSink.FlushAsync(CancellationToken.None);
    }

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
            Add(i, true, Encode(output => WireCodec.WriteHalf(new Half(id, Side.YTrue, dataset.Targets[row]), output)));
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
