using Diabetes.Domain;
using Diabetes.Hosting;

namespace Diabetes.Features;

/// <summary>The features node's recipe: one actor, three sinks.</summary>
public sealed class FeaturesNode : INode
{
    public string Name => "features";

    public IReadOnlyList<ISetting> Settings { get; } = Setting.DeclaredIn(typeof(FeaturesSettings));

    public void Check(Settings settings) => DatasetFile.Read(settings);

    /// <summary>Makes the node.</summary>
    /// <returns>Completes when <c>features.count</c> rows and their labels are with the broker.</returns>
    public Task Start(NodeContext context) => Open(context).Ask<FeaturesProtocol.Finished>(FeaturesProtocol.WhenFinished.Instance, Timeout.InfiniteTimeSpan);

    /// <summary>Makes the node.</summary>
    /// <returns>Its actor.</returns>
    public IActorRef Open(NodeContext context)
    {
        var settings = context.Settings;
        var plan = new FeaturesPlan(
            DatasetFile.Read(settings),
            settings.Get(FeaturesSettings.Rate),
            settings.Get(FeaturesSettings.Count),
            settings.Get(FeaturesSettings.LabelDelay),
            settings.Get(FeaturesSettings.Seed));
        var sinks = new FeaturesSinks(
            context.Broker,
            context.Broker.Sink<FeatureVector>(settings.FeaturesQueue(), WireCodec.WriteFeatures),
            context.Broker.Sink<Half>(settings.TruthQueue(), WireCodec.WriteHalf),
            context.Broker.Sink<ObservationId>(settings.NotificationQueue(), WireCodec.WriteNotification));
        var stopRows = new CancellationTokenSource();
        var actor = context.System.ActorOf(
            Props.Create(() => new FeaturesActor(plan, sinks, context.Time, stopRows.Token, context.GiveUp)), Name);

        var finished = "sent rows whose labels did not all reach the broker";
        context.OnDrain(DrainPhase.StopProducing, "send the labels that are still to come", async () =>
        {
            await stopRows.CancelAsync();
            var rows = (await actor.Ask<FeaturesProtocol.Finished>(FeaturesProtocol.Finish.Instance, Timeout.InfiniteTimeSpan)).Rows;
            finished = $"sent {rows} rows, each with its label";
        });
        context.OnDrain(DrainPhase.Close, "close the sinks", async () =>
        {
            var unconfirmed = sinks.Outstanding;
            await sinks.DisposeAsync();
            if (unconfirmed > 0)
            {
                throw new InvalidOperationException($"{unconfirmed} messages were not confirmed by the broker");
            }
        });
        context.OnSummary(() => $"features: {finished}");
        return actor;
    }
}
