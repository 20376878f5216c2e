using Akka.Hosting;
using Diabetes.AllInOne;
using Diabetes.Features;
using Diabetes.Hosting;
using Diabetes.Hosting.Shutdown;
using Diabetes.Metric;
using Diabetes.Metric.Correlators;
using Diabetes.Metric.Report;
using Diabetes.Metric.Rows;
using Diabetes.Model;
using Diabetes.Nodes.Tests.Support.Processes;
using Diabetes.Plot;
using Diabetes.Plot.Following;
using Diabetes.Plot.Rendering;
using Microsoft.Extensions.DependencyInjection;

namespace Diabetes.Nodes.Tests.Hosting;

/// <summary>Each node's actors are made from what the host has to give, find each other and end in order.</summary>
public sealed class WiringTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wiring-").FullName;

    public static TheoryData<NodeRecipe, Type[]> Nodes => new()
    {
        { FeaturesNode.Recipe, [typeof(FeaturesActor)] },
        { ModelNode.Recipe, [] },
        { MetricNode.Recipe, [typeof(LedgerActor), typeof(BucketsActor), typeof(HistogramActor)] },
        { PlotNode.Recipe, [typeof(FollowerActor), typeof(RendererActor)] },
        { AllInOneNode.Recipe, [typeof(FeaturesActor), typeof(LedgerActor), typeof(FollowerActor)] },
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Nodes))]
    public async Task Node_OnAHost_IsWiredAndDrains(NodeRecipe node, Type[] actors)
    {
        var settings = Settings.Load(
            node.Name, ["--logs", _folder, "--set", "drain-timeout=1m"], node.Options, environment: new Dictionary<string, string>());
        settings.Check(node.Settings, node.Rules);
        node.Check(settings);
        var drain = new DrainLog();
        using var host = HostedNode.Build(node, settings, drain);
        await host.StartAsync();

        var registry = host.Services.GetRequiredService<ActorRegistry>();
        Assert.All(actors, type => Assert.True(registry.TryGet(type, out _), $"There is no {type.Name}."));
        await host.StopAsync().WaitAsync(SafetyNet.Long);

        Assert.Empty(drain.Left);
        Assert.NotEmpty(drain.Summaries);
        Assert.True(host.Services.GetRequiredService<ActorSystem>().WhenTerminated.IsCompleted);
    }
}
