using System.Collections.Immutable;
using System.Text;
using Akka.Streams;
using Akka.Streams.Dsl;
using Diabetes.Amqp;
using Diabetes.Amqp.Dsl;
using Diabetes.Amqp.Settings;
using Diabetes.Hosting;
using Diabetes.Hosting.Configuration;
using Diabetes.Hosting.Shutdown;
using Diabetes.Plot;
using Diabetes.Testing.Actors;
using Microsoft.Extensions.Logging.Abstractions;

namespace Diabetes.Nodes.Tests.Nodes.Plot;

/// <summary>Runs the whole node on queues in the process: queue, ledger file, picture file, quarantine, drain.</summary>
public sealed class PlotNodeTests : VirtualTimeTestKit
{
    private const string Notification = """{"id": 1730027639.447099}""";

    private readonly string _folder = Directory.CreateTempSubdirectory("diabetes-plot-").FullName;
    private readonly InProcessConnection _broker = new();
    private readonly DrainLog _drain = new();

    private string Ledger => Path.Combine(_folder, "metric_log.csv");

    private string Svg => Path.Combine(_folder, "error_distribution.svg");

    [Fact]
    public async Task Node_NotificationsGoodAndBad_DrawsSettlesAndSetsAside()
    {
        File.WriteAllText(Ledger, "id,y_true,y_pred,absolute_error\n1.5,100.0,90.0,10.0\n");
        Start(_broker, "--set", "plot.trigger=notification", "--set", "plot.width=600", "--set", "plot.height=800", "--set",
            "plot.theme=dark");
        AwaitPicture("1 row");
        var image = PngImage.Read(File.ReadAllBytes(Path.Combine(_folder, "error_distribution.png")));
        Assert.Equal((600, 800, 0x11161c), (image.Width, image.Height, image.At(0, 0)));

        File.AppendAllText(Ledger, "2.5,100.0,80.0,20.0\n");
        await PublishAsync(Notification, "nonsense", Notification);
        AwaitCondition(() => File.Exists(Path.Combine(_folder, "quarantine.ndjson")));
        Advance(TimeSpan.FromSeconds(5));
        AwaitPicture("2 rows");

        File.AppendAllText(Ledger, "3.5,100.0,70.0,30.0\n");
        await CoordinatedShutdown.Get(Sys).Run(CoordinatedShutdown.ClrExitReason.Instance).WaitAsync(SafetyNet);
        Assert.Contains("3 rows", File.ReadAllText(Svg), StringComparison.Ordinal);
        Assert.Empty(_drain.Left);
        Assert.StartsWith("plot: drew 3 rows", Assert.Single(_drain.Summaries), StringComparison.Ordinal);
        Assert.Single(File.ReadAllLines(Path.Combine(_folder, "quarantine.ndjson")));
    }

    [Fact]
    public async Task Node_WithoutNotifications_AsksNoBrokerAndDrawsAtTheInterval()
    {
        var noBroker = new InProcessConnection();
        await noBroker.DisposeAsync();
        Start(noBroker, "--set", "queues.notification.enabled=false");
        AwaitCondition(() => File.Exists(Svg));

        File.WriteAllText(Ledger, "id,y_true,y_pred,absolute_error\n1.5,100.0,90.0,10.0\n");
        Advance(TimeSpan.FromSeconds(5));
        AwaitPicture("1 row");
        await CoordinatedShutdown.Get(Sys).Run(CoordinatedShutdown.ClrExitReason.Instance).WaitAsync(SafetyNet);
        Assert.Empty(_drain.Left);
    }

    [Fact]
    public void Check_TriggerWithoutNotifications_IsRefused()
    {
        var node = PlotNode.Recipe;
        var settings = Load("--set", "queues.notification.enabled=false", "--set", "plot.trigger=notification");
        Assert.Contains(
            "plot.trigger = \"notification\"; expected \"interval\", because queues.notification.enabled is false",
            Assert.Throws<SettingsException>(() => settings.Check(node.Settings, node.Rules)).Message,
            StringComparison.Ordinal);
    }

    protected override void AfterAll() => Directory.Delete(_folder, recursive: true);

    private void Start(AmqpConnection broker, params string[] arguments)
    {
        var settings = Load(arguments);
        settings.Check(PlotNode.Recipe.Settings);
        PlotNode.Wire(new NodeContext("plot", Sys, broker, settings, Time, NullLoggerFactory.Instance, _drain));
    }

    private Settings Load(params string[] arguments) =>
        Settings.Load("plot", ["--logs", _folder, .. arguments], environment: new Dictionary<string, string>());

    private void AwaitPicture(string rows)
    {
        AwaitCondition(() => File.Exists(Svg) && File.ReadAllText(Svg).Contains($">{rows} ·", StringComparison.Ordinal));
        // The PNG is written after the SVG.
        AwaitRest();
    }

    private Task<Done> PublishAsync(params ImmutableArray<string> messages) => Source.Single(messages).RunWith(
        AmqpSink.Create<string>(
            AmqpSinkSettings.Create(_broker, new QueueDeclaration("notification")), (message, outgoing) =>
            Encoding.UTF8.GetBytes(message, outgoing.Body)),
        Sys.Materializer());
}
