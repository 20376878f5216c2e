using Diabetes.Domain;
using Diabetes.Hosting;

namespace Diabetes.Model;

/// <summary>The model node's recipe: source → predictor → sink.</summary>
public sealed class ModelNode : INode
{
    public string Name => "model";

    public IReadOnlyList<ISetting> Settings { get; } = Setting.DeclaredIn(typeof(ModelSettings));

    public void Check(Settings settings) => TrainedModelFile.Read(settings);

    public Task Start(NodeContext context)
    {
        var (system, settings) = (context.System, context.Settings);
        var (trained, path) = TrainedModelFile.Read(settings);
        Log.ModelLoaded(context.Logger, trained.Kind, path, trained.FeatureNames.Count, trained.TrainedOn.Rows, trained.Metrics.Mae);

        var model = trained.ToModel();
        var name = settings.Get(ModelSettings.Name);
        var queue = settings.FeaturesQueue();
        var codec = new WireCodec(new WireOptions
        {
            FeatureNames = trained.FeatureNames,
            MaxSize = (int)settings.Get(CommonSettings.MaxMessageSize),
            UnifyIds = settings.Get(CommonSettings.UnifyIds),
        });

        var answers = context.PublishTo<Half>(settings.PredictionQueue(), WireCodec.WriteHalf);
        var quarantine = context.Quarantine();
        var predictor = system.ActorOf(
            Props.Create(() => new PredictorActor(model, name, queue.Name, answers, quarantine)), "predictor");
        context.ConsumeTo(queue, codec.ReadFeatures, _ => predictor);

        var done = new PredictorProtocol.Drained(0, 0);
        context.OnDrain(DrainPhase.Settle, "answer the rows that are in the node", async () =>
        {
            done = await predictor.Ask<PredictorProtocol.Drained>(PredictorProtocol.Drain.Instance, Timeout.InfiniteTimeSpan);
            await answers.Ask<SinkProtocol.Flushed>(SinkProtocol.Flush.Instance, Timeout.InfiniteTimeSpan);
        });
        context.OnSummary(() => $"model: answered {done.Answered} rows, set aside {done.SetAside}");
        return NodeContext.Forever;
    }
}
