using Akka.Hosting;
using Diabetes.Hosting;
using Diabetes.Hosting.Configuration;
using Diabetes.Plot.Following;
using Diabetes.Plot.Rendering;

namespace Diabetes.Plot;

/// <summary>
/// Builds the plot node: a follower reads the ledger and a renderer draws the picture. Notifications tell the follower to read sooner.
/// Without them (<c>queues.notification.enabled = false</c>) the node connects to no broker, but <c>amqp.uri</c> must still name
/// one.
/// </summary>
public static class PlotNode
{
    private const string Name = "plot";

    // Drawing takes one core for some hundred milliseconds, so it runs on a thread of its own and delays no other actor.
    private const string PictureDispatcher = "diabetes.picture-dispatcher";

    /// <summary>What the host needs to run this node: name, settings, check and actors.</summary>
    public static readonly NodeRecipe Recipe = new(
        Name,
        Setting.DeclaredIn(typeof(PlotSettings)),
        LogsFolder.Prepare,
        static (akka, services) => akka.AddPlotNode(services))
    {
        Rules = [AmqpSettings.NeedsBroker, LedgerSettings.NeedsDatabase, NeedsItsTrigger],
    };

    /// <summary>Adds the actors of the plot node to the actor system.</summary>
    public static AkkaConfigurationBuilder AddPlotNode(this AkkaConfigurationBuilder akka, IServiceProvider services) =>
        akka.WithNode(services, Name, Wire);

    /// <summary>Creates the actors and registers what they do at shutdown.</summary>
    internal static void Wire(NodeContext node)
    {
        var settings = node.Settings;
        var ledger = FollowedLedger.Open(node);
        AddRenderer(node);
        AddFollower(node, ledger);
        if (settings.Get(QueueSettings.NotificationEnabled))
        {
            RunPipeline(node);
        }

        if (ledger.Reader is IAsyncDisposable held)
        {
            node.OnDrain(CoordinatedShutdown.PhaseBeforeActorSystemTerminate, "close the ledger", () => held.DisposeAsync().AsTask());
        }
    }

    private static (ISetting, string)? NeedsItsTrigger(Settings settings) =>
        settings.Get(PlotSettings.Trigger) == PlotTrigger.Notification && !settings.Get(QueueSettings.NotificationEnabled)
            ? (PlotSettings.Trigger, $"\"interval\", because {QueueSettings.NotificationEnabled.Path} is false and no notification arrives")
            : null;

    private static void AddRenderer(NodeContext node)
    {
        var (settings, logger) = (node.Settings, node.Logger);
        var picture = new PictureSpec(
            node.LogFile(settings.Get(PlotSettings.File)),
            settings.Get(PlotSettings.Width),
            settings.Get(PlotSettings.Height),
            settings.Get(PlotSettings.Theme));
        var renderer = Props.Create(() => new RendererActor(picture, Librsvg.ToPng, logger)).WithDispatcher(PictureDispatcher);
        node.Registry.Register<RendererActor>(node.System.ActorOf(renderer, "renderer"));
    }

    private static void AddFollower(NodeContext node, FollowedLedger ledger)
    {
        var (settings, time, logger, giveUp) = (node.Settings, node.Time, node.Logger, node.GiveUp);
        var plan = new FollowerPlan(
            ledger.Reader,
            ledger.Name,
            settings.Get(PlotSettings.Trigger),
            settings.Get(PlotSettings.Interval),
            node.Required<RendererActor>());
        var follower = node.System.ActorOf(Props.Create(() => new FollowerActor(plan, time, logger, giveUp)), "follower");
        node.Registry.Register<FollowerActor>(follower);

        var last = new FollowerProtocol.Finished(0, null, null);
        node.OnDrain(CoordinatedShutdown.PhaseServiceStop, "draw the last picture", async () =>
        {
            last = await follower.Ask<FollowerProtocol.Finished>(FollowerProtocol.Finish.Instance, Timeout.InfiniteTimeSpan);
            if (last.Problem is { } problem)
            {
                throw new InvalidOperationException(problem);
            }
        });
        node.OnSummary(() => last.Picture is { } file ? $"plot: drew {last.Rows} rows, see {file}" : "plot: drew nothing");
    }

    private static void RunPipeline(NodeContext node)
    {
        var settings = node.Settings;
        var queue = settings.NotificationQueue();
        var codec = settings.WireCodec();
        node.Run(queue.Name, PlotPipeline.Create(
            settings.Source(node.Amqp, queue), codec, node.Registry.Get<FollowerActor>(), node.Quarantine(queue.Name)));
    }
}
