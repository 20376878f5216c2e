using Akka.Hosting;
using Diabetes.Hosting;
using Diabetes.Hosting.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Diabetes.Features;

/// <summary>Builds the features node: one actor whose pipeline publishes to three queues.</summary>
public static class FeaturesNode
{
    private const string Name = "features";

    /// <summary>What the host needs to run this node: name, settings, check and actors.</summary>
    public static readonly NodeRecipe Recipe = new(
        Name,
        Setting.DeclaredIn(typeof(FeaturesSettings)),
        static settings => DatasetFile.Read(settings),
        static (akka, services) => akka.AddFeaturesNode(services))
    {
        Options = FeaturesSettings.Options,
        Rules = [AmqpSettings.NeedsBroker],
        WritesFiles = false,
    };

    /// <summary>
    /// Adds the node. Its actor is registered as <see cref="FeaturesActor"/>. The process ends when the broker has confirmed
    /// <c>features.count</c> rows and their labels.
    /// </summary>
    public static AkkaConfigurationBuilder AddFeaturesNode(this AkkaConfigurationBuilder akka, IServiceProvider services)
    {
        var plan = PlanOf(services.GetRequiredService<Settings>());
        return akka.WithNode(services, Name, node => Wire(node, plan));
    }

    private static FeaturesPlan PlanOf(Settings settings) => new(
        DatasetFile.Read(settings),
        settings.Get(FeaturesSettings.Rate),
        settings.Get(FeaturesSettings.Count),
        settings.Get(FeaturesSettings.LabelDelay),
        settings.Get(QueueSettings.NotificationEnabled) ? settings.Get(FeaturesSettings.NotifyInterval) : null,
        settings.Get(FeaturesSettings.Seed));

    private static void Wire(NodeContext node, FeaturesPlan plan)
    {
        var settings = node.Settings;
        var pipeline = FeaturesPipeline.Create(
            plan,
            settings.Sink(node.Amqp, settings.FeaturesQueue()),
            settings.Sink(node.Amqp, settings.TruthQueue()),
            settings.Get(QueueSettings.NotificationEnabled) ? settings.Sink(node.Amqp, settings.NotificationQueue()) : null,
            node.Time);
        var actor = node.System.ActorOf(Props.Create(() => new FeaturesActor(pipeline)), Name);
        node.Registry.Register<FeaturesActor>(actor);
        node.EndWhen(actor.Ask<FeaturesProtocol.Finished>(FeaturesProtocol.WhenFinished.Instance, Timeout.InfiniteTimeSpan));

        var finished = "sent rows whose labels did not all reach the broker";
        node.OnDrain(CoordinatedShutdown.PhaseBeforeServiceUnbind, "send the outstanding labels", async () =>
        {
            var rows = (await actor.Ask<FeaturesProtocol.Finished>(FeaturesProtocol.Finish.Instance, Timeout.InfiniteTimeSpan)).Rows;
            finished = $"sent {rows} rows, each with its label";
        });
        node.OnDrain(CoordinatedShutdown.PhaseBeforeClusterShutdown, "close the sinks", () => actor.GracefulStop(Timeout.InfiniteTimeSpan));
        node.OnSummary(() => $"features: {finished}");
    }
}
