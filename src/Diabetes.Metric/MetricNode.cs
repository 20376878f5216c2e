using Diabetes.Domain;
using Diabetes.Hosting;
using Diabetes.Streams;

namespace Diabetes.Metric;

/// <summary>The metric node's recipe: two sources → shards → correlators → ledger → histogram.</summary>
public sealed class MetricNode : INode
{
    /// <summary>Joined ids that are remembered, over all shards: repeats that come later than that are the ledger's to know.</summary>
    private const int Remembered = 400_000;

    public string Name => "metric";

    public IReadOnlyList<ISetting> Settings { get; } = Setting.DeclaredIn(typeof(MetricSettings));

    public Task Start(NodeContext context)
    {
        Open(context);
        return NodeContext.Forever;
    }

    /// <summary>Makes the node.</summary>
    /// <returns>Its ledger actor; see <see cref="LedgerProtocol"/>.</returns>
    public static IActorRef Open(NodeContext context)
    {
        var (system, settings) = (context.System, context.Settings);
        var logger = context.Logger;
        var (truths, predictions) = (settings.TruthQueue(), settings.PredictionQueue());
        var codec = new WireCodec(new WireOptions
        {
            MaxSize = (int)settings.Get(CommonSettings.MaxMessageSize),
            UnifyIds = settings.Get(CommonSettings.UnifyIds),
        });

        var csv = LedgerFile.Open(context);
        var policy = new CommitPolicy(settings.Get(MetricSettings.CommitInterval), settings.Get(MetricSettings.CommitRows));
        var histogram = system.ActorOf(Props.Create(() => new HistogramActor()), "histogram");
        var ledger = system.ActorOf(Props.Create(() => new LedgerActor(csv, policy, histogram, logger)), "ledger");
        var quarantine = context.Quarantine();
        var shards = OpenShards(context, new CorrelatorPeers(ledger, quarantine, truths.Name, predictions.Name));

        IActorRef[] sources = [Consume(truths, codec.ReadYTrue), Consume(predictions, codec.ReadYPred)];
        var peers = new ReporterPeers(shards, sources, ledger, histogram, quarantine, context.Broker);
        var interval = settings.Get(MetricSettings.ReportInterval);
        system.ActorOf(Props.Create(() => new ReporterActor(peers, interval, logger)), "reporter");

        DrainInOrder(context, shards, ledger);
        context.OnDrain(DrainPhase.Close, "close the ledger", () => csv.DisposeAsync().AsTask());
        return ledger;

        IActorRef Consume(QueueSpec queue, Decoder<Decoded<Half>> decode)
        {
            var unreadable = system.ActorOf(Props.Create(() => new UnreadableActor(queue.Name, quarantine)), $"unreadable-{queue.Name}");
            return context.ConsumeTo(queue, decode, delivery =>
                delivery.Payload.IsRead ? shards[ShardOf(delivery.Payload.Value.Id.Key, shards.Length)] : unreadable);
        }
    }

    private static int ShardOf(JoinKey key, int shards) => (int)(key.StableHash64 % (ulong)shards);

    private static IActorRef[] OpenShards(NodeContext context, CorrelatorPeers peers)
    {
        var count = context.Settings.Get(MetricSettings.Shards);
        var props = Props.Create(() => new ShardActor(peers, Remembered / count));
        return [.. Enumerable.Range(0, count).Select(shard => context.System.ActorOf(props, $"shard-{shard}"))];
    }

    /// <summary>Shards first, so that every pair there is has reached the ledger before the ledger is asked to commit.</summary>
    private static void DrainInOrder(NodeContext context, IActorRef[] shards, IActorRef ledger)
    {
        var halves = default(JoinTally);
        var rows = new LedgerProtocol.Flushed(0, 0);
        context.OnDrain(DrainPhase.Settle, "commit what is joined, give back what is not", async () =>
        {
            var drained = await Task.WhenAll(shards.Select(shard =>
                shard.Ask<ShardProtocol.Drained>(ShardProtocol.Drain.Instance, Timeout.InfiniteTimeSpan)));
            halves = drained.Select(shard => shard.Tally).Aggregate(JoinTally.Add);
            rows = await ledger.Ask<LedgerProtocol.Flushed>(LedgerProtocol.Flush.Instance, Timeout.InfiniteTimeSpan);
        });
        context.OnSummary(() =>
            $"metric: received {halves.Received} halves: joined {halves.Joined} pairs, gave back {halves.Pending}, " +
            $"dropped {halves.Duplicates} duplicates, set aside {halves.Conflicts} conflicts; the ledger has {rows.Total} rows");
    }
}
