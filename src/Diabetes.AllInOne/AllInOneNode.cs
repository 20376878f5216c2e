using Diabetes.Features;
using Diabetes.Hosting;
using Diabetes.Metric;
using Diabetes.Model;
using Diabetes.Plot;

namespace Diabetes.AllInOne;

/// <summary>
/// The four recipes in one process. Beside them it adds the order of the end: no node stops before the rows that were sent are in the
/// ledger, so that what the process made is whole when it goes.
/// </summary>
public sealed class AllInOneNode : INode
{
    private readonly FeaturesNode _features = new();
    private readonly ModelNode _model = new();
    private readonly MetricNode _metric = new();
    private readonly PlotNode _plot = new();

    public string Name => "all-in-one";

    public IReadOnlyList<ISetting> Settings => [.. _features.Settings, .. _model.Settings, .. _metric.Settings, .. _plot.Settings];

    /// <summary>Those that only read go first, so that nothing is made for a file that is missing.</summary>
    public void Check(Settings settings)
    {
        _features.Check(settings);
        _model.Check(settings);
        _metric.Check(settings);
        _plot.Check(settings);
    }

    /// <summary>Makes the four nodes.</summary>
    /// <returns>Completes when <c>features.count</c> rows have been sent.</returns>
    public Task Start(NodeContext context)
    {
        _plot.Start(context.For(_plot));
        var joiner = MetricNode.Open(context.For(_metric));
        _model.Start(context.For(_model));
        var features = _features.Open(context.For(_features));

        context.OnDrain(DrainPhase.StopProducing, "bring every row that was sent to the ledger", async () =>
        {
            var sent = await features.Ask<FeaturesProtocol.Finished>(FeaturesProtocol.Finish.Instance, Timeout.InfiniteTimeSpan);
            await joiner.Ask<JoinProtocol.State>(new JoinProtocol.WhenJoined(sent.Rows), Timeout.InfiniteTimeSpan);
        });
        return features.Ask<FeaturesProtocol.Finished>(FeaturesProtocol.WhenFinished.Instance, Timeout.InfiniteTimeSpan);
    }
}
