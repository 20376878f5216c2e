using Diabetes.Domain;
using Diabetes.Hosting;

namespace Diabetes.Plot;

/// <summary>The plot node's recipe: notifications → follower ← ledger, follower → renderer → picture.</summary>
public sealed class PlotNode : INode
{
    public string Name => "plot";

    public IReadOnlyList<ISetting> Settings { get; } = Setting.DeclaredIn(typeof(PlotSettings));

    public void Check(Settings settings) => LogsFolder.Prepare(settings);

    public Task Start(NodeContext context)
    {
        var (system, settings) = (context.System, context.Settings);
        var (logger, time, giveUp) = (context.Logger, context.Time, context.GiveUp);
        var queue = settings.NotificationQueue();
        var codec = new WireCodec(new WireOptions
        {
            MaxSize = (int)settings.Get(CommonSettings.MaxMessageSize),
            UnifyIds = settings.Get(CommonSettings.UnifyIds),
        });
        var picture = new PictureSpec(
            context.LogFile(settings.Get(PlotSettings.File)),
            settings.Get(PlotSettings.Width),
            settings.Get(PlotSettings.Height),
            settings.Get(PlotSettings.Theme));
        var ledger = FollowedLedger.Open(context);

        var quarantine = context.Quarantine();
        var renderer = system.ActorOf(Props.Create(() => new RendererActor(picture, Librsvg.ToPng, logger)), "renderer");
        var plan = new FollowerPlan(
            ledger.Reader, ledger.Name, settings.Get(PlotSettings.Trigger), settings.Get(PlotSettings.Interval), renderer, quarantine, queue.Name);
        var follower = system.ActorOf(Props.Create(() => new FollowerActor(plan, time, logger, giveUp)), "follower");
        context.ConsumeTo(queue, codec.ReadNotification, _ => follower);

        var last = new FollowerProtocol.Finished(0, null, null);
        context.OnDrain(DrainPhase.Report, "draw the last picture", async () =>
        {
            last = await follower.Ask<FollowerProtocol.Finished>(FollowerProtocol.Finish.Instance, Timeout.InfiniteTimeSpan);
            if (last.Problem is { } problem) throw new InvalidOperationException(problem);
        });
        if (ledger.Reader is IAsyncDisposable held)
        {
            context.OnDrain(DrainPhase.Close, "let go of the ledger", () => held.DisposeAsync().AsTask());
        }

        context.OnSummary(() => last.Picture is { } file ? $"plot: drew {last.Rows} rows, see {file}" : "plot: drew nothing");
        return NodeContext.Forever;
    }
}
