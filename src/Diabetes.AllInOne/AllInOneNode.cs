using Akka.Hosting;
using Diabetes.Features;
using Diabetes.Hosting;
using Diabetes.Hosting.Configuration;
using Diabetes.Metric;
using Diabetes.Metric.Rows;
using Diabetes.Model;
using Diabetes.Plot;

namespace Diabetes.AllInOne;

/// <summary>
/// Runs the four nodes in one process. It adds one thing: at shutdown no node stops before every row that was sent is in the ledger.
/// </summary>
public static class AllInOneNode
{
    private const string Name = "all-in-one";

    // Nodes that only read files are checked first, so that nothing is created if a file is missing.
    private static readonly NodeRecipe[] Nodes = [FeaturesNode.Recipe, ModelNode.Recipe, MetricNode.Recipe, PlotNode.Recipe];

    /// <summary>What the host needs to run the four nodes: name, settings, check and actors.</summary>
    public static readonly NodeRecipe Recipe = new(
        Name,
        [.. Nodes.SelectMany(node => node.Settings)],
        static settings => Array.ForEach(Nodes, node => node.Check(settings)),
        static (akka, services) => akka.AddAllInOne(services))
    {
        Options = [.. Nodes.SelectMany(node => node.Options)],
        // It needs no broker: without one the queues are in its own memory.
        Rules = [.. Nodes.SelectMany(node => node.Rules).Distinct().Where(rule => rule != AmqpSettings.NeedsBroker)],
    };

    /// <summary>Adds the four nodes; receivers come before senders.</summary>
    public static AkkaConfigurationBuilder AddAllInOne(this AkkaConfigurationBuilder akka, IServiceProvider services) => akka
        .AddPlotNode(services)
        .AddMetricNode(services)
        .AddModelNode(services)
        .AddFeaturesNode(services)
        .WithNode(services, Name, DrainInOrder);

    private static void DrainInOrder(NodeContext node)
    {
        var (features, ledger) = (node.Registry.Get<FeaturesActor>(), node.Registry.Get<LedgerActor>());
        node.OnDrain(CoordinatedShutdown.PhaseBeforeServiceUnbind, "wait until every row that was sent is in the ledger", async () =>
        {
            var sent = await features.Ask<FeaturesProtocol.Finished>(FeaturesProtocol.Finish.Instance, Timeout.InfiniteTimeSpan);
            await ledger.Ask<LedgerProtocol.State>(new LedgerProtocol.WhenJoined(sent.Rows), Timeout.InfiniteTimeSpan);
        });
    }
}
