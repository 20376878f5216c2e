using Akka.Hosting;
using Diabetes.Domain.Models;
using Diabetes.Hosting;
using Diabetes.Hosting.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Diabetes.Model;

/// <summary>Builds the model node: a <see cref="ModelPipeline"/> with the model of the model file.</summary>
public static class ModelNode
{
    private const string Name = "model";

    /// <summary>What the host needs to run this node: name, settings, check and actors.</summary>
    public static readonly NodeRecipe Recipe = new(
        Name,
        Setting.DeclaredIn(typeof(ModelSettings)),
        static settings => TrainedModelFile.Read(settings),
        static (akka, services) => akka.AddModelNode(services))
    {
        Rules = [AmqpSettings.NeedsBroker],
    };

    /// <summary>Loads the model and adds the actors of the node to the actor system.</summary>
    public static AkkaConfigurationBuilder AddModelNode(this AkkaConfigurationBuilder akka, IServiceProvider services)
    {
        var (trained, path) = TrainedModelFile.Read(services.GetRequiredService<Settings>());
        return akka.WithNode(services, Name, node =>
        {
            Log.ModelLoaded(node.Logger, trained.Kind, path, trained.FeatureNames.Count, trained.TrainedOn.Rows, trained.Metrics.Mae);
            Wire(node, trained);
        });
    }

    /// <summary>Creates the actors.</summary>
    internal static void Wire(NodeContext node, TrainedModel trained)
    {
        var settings = node.Settings;
        var queue = settings.FeaturesQueue();
        var codec = settings.WireCodec(trained.FeatureNames);
        var predictor = new Predictor(trained.ToModel(), settings.Get(ModelSettings.Name), queue.Name);
        node.Run(queue.Name, ModelPipeline.Create(
            settings.Source(node.Amqp, queue),
            settings.Sink(node.Amqp, settings.PredictionQueue()),
            codec,
            predictor,
            node.Quarantine(queue.Name)));
        node.OnSummary(() => $"model: answered {predictor.Answered} rows, set aside {predictor.SetAside}");
    }
}
