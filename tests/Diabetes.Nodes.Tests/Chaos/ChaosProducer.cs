using System.Buffers;
using System.Text;
using Diabetes.Domain;
using Diabetes.Nodes.Tests.Processes;
using Diabetes.Streams;
using Half = Diabetes.Domain.Half;

namespace Diabetes.Nodes.Tests.Chaos;

/// <summary>
/// Sends rows and labels in one seeded order: labels up to a tenth of the run late or early, one message in ten twice, one in a hundred junk.
/// Everything it sent is with the broker when it is done.
/// </summary>
internal sealed class ChaosProducer(ChaosPlan plan, IBroker broker)
{
    private const int JunkShare = 100;
    private const int TwiceShare = 10;
    private readonly Random _random = new(plan.Seed);

    /// <summary>Bodies that no node can read, each different.</summary>
    public List<string> Junk { get; } = [];

    /// <summary>Ids whose features and label were sent, as the ledger prints them.</summary>
    public List<string> Ids { get; } = [];

    public async Task SendAsync(QueueSpec features, QueueSpec truths)
    {
        await using var featureSink = broker.Sink<byte[]>(features, static (body, output) => output.Write(body));
        await using var truthSink = broker.Sink<byte[]>(truths, static (body, output) => output.Write(body));
        foreach (var (isTruth, body) in Messages().OrderBy(message => message.Place).Select(message => (message.IsTruth, message.Body)))
        {
            await (isTruth ? truthSink : featureSink).PublishAsync(body, null, CancellationToken.None);
        }

        await featureSink.FlushAsync(CancellationToken.None);
        await truthSink.FlushAsync(CancellationToken.None);
    }

    private List<(double Place, bool IsTruth, byte[] Body)> Messages()
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
                Junk.Add($"junk {i}");
                Add(i, _random.Next(2) == 0, Encoding.UTF8.GetBytes(Junk[^1]));
            }
        }

        return messages;

        void Add(int place, bool isTruth, byte[] body)
        {
            var spread = isTruth ? plan.Ids / 10.0 : 0;
            messages.Add((place + (spread * (_random.NextDouble() - 0.5)), isTruth, body));
            if (body[0] == '{' && _random.Next(TwiceShare) == 0)
            {
                messages.Add((place + (spread * _random.NextDouble()), isTruth, body));
            }
        }
    }

    private static byte[] Encode(Action<ArrayBufferWriter<byte>> write)
    {
        var output = new ArrayBufferWriter<byte>();
        write(output);
        return output.WrittenSpan.ToArray();
    }
}
