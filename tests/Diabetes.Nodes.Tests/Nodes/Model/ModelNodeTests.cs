using System.Collections.Immutable;
using System.Text;
using Akka.Streams;
using Akka.Streams.Dsl;
using Diabetes.Amqp;
using Diabetes.Amqp.Dsl;
using Diabetes.Amqp.Settings;
using Diabetes.Hosting;
using Diabetes.Hosting.Shutdown;
using Diabetes.Model;
using Diabetes.Testing.Actors;
using Microsoft.Extensions.Logging.Abstractions;

namespace Diabetes.Nodes.Tests.Nodes.Model;

/// <summary>Runs the whole node on queues in the process: queues, quarantine, drain, summary.</summary>
public sealed class ModelNodeTests : VirtualTimeTestKit
{
    private readonly string _folder = Directory.CreateTempSubdirectory("diabetes-model-").FullName;
    private readonly InProcessConnection _broker = new();
    private readonly DrainLog _drain = new();

    [Fact]
    public async Task Node_RowsGoodAndBad_AnswersSetsAsideAndSaysHowMany()
    {
        const string row = """{"id": 1730027639.5, "body": [0.03, 0.05, 0.06, 0.02, -0.04, -0.03, -0.04, 0.0, 0.01, -0.01]}""";
        var settings = Settings.Load("model", ["--logs", _folder], environment: new Dictionary<string, string>());
        settings.Check(ModelNode.Recipe.Settings);
        ModelNode.Wire(new NodeContext(
            "model", Sys, _broker, settings, Time, NullLoggerFactory.Instance, _drain), TrainedModelFile.Read(settings).Model);

        await Source.Single(ImmutableArray.Create(row, "junk", row)).RunWith(
            AmqpSink.Create<string>(
                AmqpSinkSettings.Create(_broker, new QueueDeclaration("features")),
                (text, outgoing) => Encoding.UTF8.GetBytes(text, outgoing.Body)),
            Sys.Materializer());
        AwaitCondition(() => Depth("y_pred") == 2 && Depth("features.dead") == 1);
        await CoordinatedShutdown.Get(Sys).Run(CoordinatedShutdown.ClrExitReason.Instance).WaitAsync(SafetyNet);

        Assert.Empty(_drain.Left);
        Assert.Equal(["model: answered 2 rows, set aside 1"], _drain.Summaries);
        Assert.Equal(0, Depth("features"));
    }

    protected override void AfterAll() => Directory.Delete(_folder, recursive: true);

    private long? Depth(string queue) => _broker.InspectAsync(queue, CancellationToken.None).AsTask().Result?.Messages;
}
