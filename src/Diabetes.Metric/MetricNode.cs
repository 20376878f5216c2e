using Diabetes.Domain;
using Diabetes.Hosting;
using Diabetes.Streams;

namespace Diabetes.Metric;

/// <summary>The metric node's recipe: two sources → shards → correlators → joiner, which alone talks to the store → histogram.</summary>
public sealed class MetricNode : INode
{
    public string Name => "metric";

    public IReadOnlyList<ISetting> Settings { get; } = Setting.DeclaredIn(typeof(MetricSettings));

    public void Check(Settings settings) => LogsFolder.Prepare(settings);

    public Task Start(NodeContext context)
    {
        Open(context);
        return NodeContext.Forever;
    }

    /// <summary>Makes the node.</summary>
    /// <returns>Its joiner; see <see cref="JoinProtocol"/>.</returns>
    public static IActorRef Open(NodeContext context)
    {
        var (system, settings) = (context.System, context.Settings);
        var (truths, predictions) = (settings.TruthQueue(), settings.PredictionQueue());
        if (truths.Name == predictions.Name)
        {
            throw settings.Invalid(QueueSettings.PredictionName, "a name other than that of queues.y-true");
        }

        var codec = new WireCodec(new WireOptions
        {
            MaxSize = (int)settings.Get(CommonSettings.MaxMessageSize),
            UnifyIds = settings.Get(CommonSettings.UnifyIds),
        });

        var models = ExpectedModels.Of(settings.Get(StoreSettings.Models));
        var store = JoinStore.Open(context, models);
        var histogram = system.ActorOf(Props.Create(() => new HistogramActor()), "histogram");
        var plan = new JoinPlan(
            models,
            new CommitPolicy(settings.Get(MetricSettings.CommitInterval), settings.Get(MetricSettings.CommitRows)),
            settings.Get(MetricSettings.OrphanAfter),
            context.Time);
        var peers = new JoinPeers(histogram, context.Quarantine(), truths.Name, predictions.Name, context.Logger);
        var joiner = system.ActorOf(Props.Create(() => new JoinActor(store, plan, peers)), "joiner");
        var shards = OpenShards(context, joiner);

        IActorRef[] unreadable = [OpenUnreadable(Side.YTrue), OpenUnreadable(Side.YPred)];
        IActorRef[] sources = [Consume(truths, Side.YTrue, codec.ReadYTrue), Consume(predictions, Side.YPred, codec.ReadYPred)];
        var round = new ReporterPeers(shards, sources, joiner, histogram, context.Broker);
        var interval = settings.Get(MetricSettings.ReportInterval);
        var reporter = system.ActorOf(Props.Create(() => new ReporterActor(round, interval, context.Logger)), "reporter");

        context.OnDrain(DrainPhase.StopConsuming, "end the reports", () => reporter.GracefulStop(Timeout.InfiniteTimeSpan));
        DrainInOrder(context, [.. shards, .. unreadable], joiner);
        context.OnDrain(DrainPhase.Close, "close the store", () => store.DisposeAsync().AsTask());
        return joiner;

        IActorRef Consume(QueueSpec queue, Side side, Decoder<Decoded<Half>> decode)
        {
            return context.ConsumeTo(queue, decode, delivery =>
                delivery.Payload.IsRead ? shards[ShardOf(delivery.Payload.Value.Id.Key, shards.Length)] : unreadable[(int)side]);
        }

        IActorRef OpenUnreadable(Side side) => system.ActorOf(Props.Create(() => new UnreadableActor(side, joiner)), $"unreadable-{side}");
    }

    private static int ShardOf(JoinKey key, int shards) => (int)(key.StableHash64 % (ulong)shards);

    private static IActorRef[] OpenShards(NodeContext context, IActorRef joiner)
    {
        var spillAfter = context.Settings.Get(MetricSettings.SpillAfter);
        var time = context.Time;
        var props = Props.Create(() => new ShardActor(joiner, spillAfter, time));
        return [.. Enumerable.Range(0, context.Settings.Get(MetricSettings.Shards)).Select(shard => context.System.ActorOf(props, $"shard-{shard}"))];
    }

    /// <summary>Those that hold deliveries first, so that every one has reached the joiner before the joiner is asked to commit.</summary>
    private static void DrainInOrder(NodeContext context, IActorRef[] holders, IActorRef joiner)
    {
        var hot = new ShardProtocol.Tally(0, 0, 0);
        var end = new JoinProtocol.State(0, 0, null);
        context.OnDrain(DrainPhase.Settle, "join or spill what is in memory, and commit it", async () =>
        {
            var tallies = await Task.WhenAll(holders.Select(holder => holder.Ask<ShardProtocol.Tally>(ShardProtocol.Drain.Instance, Timeout.InfiniteTimeSpan)));
            hot = tallies.Aggregate(ShardProtocol.Tally.Add);
            end = await joiner.Ask<JoinProtocol.State>(JoinProtocol.Flush.Instance, Timeout.InfiniteTimeSpan);
            if (end.Waiting > 0)
            {
                throw new IOException($"{end.Waiting} messages wait for a store that does not take them");
            }
        });
        context.OnSummary(() =>
            $"metric: joined {end.Joined} pairs ({hot.Met} met in memory, {hot.Spilled} halves were spilled); over all runs: y_true {end.Store?.YTrue}; y_pred {end.Store?.YPred}");
    }
}
