using Akka.Hosting;
using Diabetes.Amqp.Messages;
using Diabetes.Amqp.Settings;
using Diabetes.Domain.Joining;
using Diabetes.Domain.Wire;
using Diabetes.Hosting;
using Diabetes.Hosting.Configuration;
using Diabetes.Ledger.Joins;
using Diabetes.Metric.Correlators;
using Diabetes.Metric.Report;
using Diabetes.Metric.Rows;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Diabetes.Metric;

/// <summary>
/// Builds the metric node. Two pipelines offer halves to buckets, correlators in the buckets pair them, and the ledger actor, which alone
/// uses the store, commits them and passes the joined pairs to the histogram.
/// </summary>
public static class MetricNode
{
    /// <summary>The dispatcher of the ledger actor, which blocks while it writes to SQLite.</summary>
    public const string LedgerDispatcher = "diabetes.ledger-dispatcher";

    private const string Name = "metric";

    /// <summary>What the host needs to run this node: name, settings, check and actors.</summary>
    public static readonly NodeRecipe Recipe = new(
        Name,
        Setting.DeclaredIn(typeof(MetricSettings)),
        LogsFolder.Prepare,
        static (akka, services) => akka.AddMetricNode(services))
    {
        Rules = [AmqpSettings.NeedsBroker, LedgerSettings.NeedsDatabase, NeedsTwoQueues],
    };

    /// <summary>Opens the store and adds the actors of the node. The ledger actor is registered as <see cref="LedgerActor"/>.</summary>
    /// <exception cref="SettingsException">The store cannot be used.</exception>
    public static AkkaConfigurationBuilder AddMetricNode(this AkkaConfigurationBuilder akka, IServiceProvider services)
    {
        var settings = services.GetRequiredService<Settings>();
        var store = JoinStoreFactory.Open(
            Name, settings, services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILoggerFactory>().CreateLogger(Name));
        return akka.WithNode(services, Name, node =>
        {
            AddLedger(node, store);
            AddCorrelators(node);
            IActorRef[] pipelines = [AddPipeline(node, PairSide.YTrue), AddPipeline(node, PairSide.YPred)];
            AddReporter(node, pipelines);
            DrainInOrder(node, pipelines);
            node.OnDrain(CoordinatedShutdown.PhaseBeforeActorSystemTerminate, "close the store", () => store.DisposeAsync().AsTask());
        });
    }

    private static (ISetting, string)? NeedsTwoQueues(Settings settings) =>
        settings.TruthQueue().Name == settings.PredictionQueue().Name
            ? (QueueSettings.PredictionName, "a name other than that of queues.y-true")
            : null;

    private static void AddLedger(NodeContext node, IJoinStore store)
    {
        var settings = node.Settings;
        node.Registry.Register<HistogramActor>(node.System.ActorOf(Props.Create(() => new HistogramActor()), "histogram"));
        var plan = new LedgerPlan(
            ExpectedModels.Of(settings.Get(LedgerSettings.Models)),
            new CommitPolicy(settings.Get(MetricSettings.CommitInterval), settings.Get(MetricSettings.CommitRows)),
            settings.Get(MetricSettings.OrphanAfter),
            node.Time,
            node.Logger)
        {
            PendingLimit = settings.Get(MetricSettings.PendingLimit),
        };
        var histogram = node.Required<HistogramActor>();
        var ledger = node.System.ActorOf(
            Props.Create(() => new LedgerActor(store, histogram, plan)).WithDispatcher(LedgerDispatcher), "ledger");
        node.Registry.Register<LedgerActor>(ledger);
    }

    private static void AddCorrelators(NodeContext node)
    {
        var (ledger, time) = (node.Required<LedgerActor>(), node.Time);
        var (buckets, spillAfter) = (node.Settings.Get(MetricSettings.Shards), node.Settings.Get(MetricSettings.SpillAfter));
        var bucket = Props.Create(() => new BucketActor(ledger, spillAfter, time));
        node.Registry.Register<BucketsActor>(node.System.ActorOf(Props.Create(() => new BucketsActor(buckets, bucket)), "correlators"));
    }

    private static IActorRef AddPipeline(NodeContext node, PairSide side)
    {
        var settings = node.Settings;
        var codec = settings.WireCodec();
        (QueueDeclaration queue, Decoder<Decoded<PairHalf>> decode) = side == PairSide.YTrue
            ? (settings.TruthQueue(), (Decoder<Decoded<PairHalf>>)((in message) => codec.ReadYTrue(message.Body)))
            : (settings.PredictionQueue(), (in message) => codec.ReadYPred(message.Body));
        var offers = new OfferSettings(
            side,
            queue.Name,
            settings.Get(MetricSettings.Shards),
            node.Registry.Get<BucketsActor>(),
            node.Registry.Get<LedgerActor>(),
            settings.Get(MetricSettings.SpillAfter),
            node.Time);
        return node.Run(queue.Name, MetricPipeline.Create(settings.Source(node.Amqp, queue), decode, offers, node.Quarantine(queue.Name)));
    }

    private static void AddReporter(NodeContext node, IActorRef[] pipelines)
    {
        var round = new ReporterPeers(
            node.Required<BucketsActor>(), pipelines, node.Required<LedgerActor>(), node.Required<HistogramActor>(), node.Amqp);
        var (interval, logger) = (node.Settings.Get(MetricSettings.ReportInterval), node.Logger);
        var reporter = node.System.ActorOf(Props.Create(() => new ReporterActor(round, interval, logger)), "reporter");
        node.OnDrain(CoordinatedShutdown.PhaseServiceUnbind, "stop the reports", () => reporter.GracefulStop(Timeout.InfiniteTimeSpan));
    }

    private static void DrainInOrder(NodeContext node, IActorRef[] pipelines)
    {
        var drain = new MetricDrain(node.Registry.Get<BucketsActor>(), node.Registry.Get<LedgerActor>(), pipelines);
        node.OnDrain(CoordinatedShutdown.PhaseServiceRequestsDone, "commit the halves in memory", drain.RunAsync);
        node.OnSummary(() =>
            $"metric: joined {drain.Ledger.Joined} pairs ({drain.Memory.Met} met in memory, {drain.Memory.Spilled} halves were spilled); "
            + $"over all runs: y_true {drain.Ledger.Store?.YTrue}; y_pred {drain.Ledger.Store?.YPred}");
    }
}
