using Akka.Hosting;
using Diabetes.Features;
using Diabetes.Hosting.Configuration;
using Diabetes.Hosting;
using Diabetes.Metric.Rows;
using Diabetes.Metric;
using Diabetes.Model;
using Diabetes.Plot;

namespace Diabetes.AllInOne;

/// <summary>
/// The four nodes in one process. Beside them it adds the order of the end: no node stops before the rows that were sent are in the ledger, so that what the process
/// made is whole when it goes.
/// </summary>
public static class AllInOneNode
{
    private const string Name = "all-in-one";

    // Those that only read are checked first, so that nothing is made for a file that is missing.
    private static readonly NodeRecipe[] Nodes = [FeaturesNode.Recipe, ModelNode.Recipe, MetricNode.Recipe, PlotNode.Recipe];

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

    /// <summary>Adds the four nodes, those that receive first.</summary>
    public static AkkaConfigurationBuilder AddAllInOne(this AkkaConfigurationBuilder akka, IServiceProvider services) => akka
        .AddPlotNode(services)
        .AddMetricNode(services)
        .AddModelNode(services)
        .AddFeaturesNode(services)
        .WithNode(services, Name, DrainInOrder);

    private static void DrainInOrder(NodeContext node)
    {
        var (features, ledger) = (node.Registry.Get<FeaturesActor>(), node.Registry.Get<LedgerActor>());
        node.OnDrain(CoordinatedShutdown.PhaseBeforeServiceUnbind, "bring every row that was sent to the ledger", async () =>
        {
            var sent = await features.Ask<FeaturesProtocol.Finished>(FeaturesProtocol.Finish.Instance, Timeout.InfiniteTimeSpan);
            await ledger.Ask<LedgerProtocol.State>(new LedgerProtocol.WhenJoined(sent.Rows), Timeout.InfiniteTimeSpan);
        });
    }
}
