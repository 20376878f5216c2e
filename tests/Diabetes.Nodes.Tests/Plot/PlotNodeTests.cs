using System.Buffers;
using Diabetes.Actors;
using Diabetes.Hosting;
using Diabetes.Plot;
using Diabetes.Streams;
using Diabetes.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Diabetes.Nodes.Tests.Plot;

/// <summary>The whole recipe on the in-process broker: queue, ledger file, picture file, quarantine, drain.</summary>
public sealed class PlotNodeTests : TestKit
{
    private static readonly byte[] Notification = "{\"id\": 1730027639.447099}"u8.ToArray();

    private readonly string _folder = Directory.CreateTempSubdirectory("diabetes-plot-").FullName;
    private readonly InProcessBroker _broker = new(new InProcessBrokerOptions());
    private readonly CancellationTokenSource _giveUp = new();
    private readonly DrainLog _drain = new();

    private string Ledger => Path.Combine(_folder, "metric_log.csv");

    private string Svg => Path.Combine(_folder, "error_distribution.svg");

    [Fact]
    public async Task Node_NotificationsGoodAndBad_DrawsSettlesAndSetsAside()
    {
        File.WriteAllText(Ledger, "id,y_true,y_pred,absolute_error\n1.5,100.0,90.0,10.0\n");
        Start("--set", "plot.trigger=notification", "--set", "plot.width=600", "--set", "plot.height=800", "--set", "plot.theme=dark");
        AwaitPicture("1 row");
        var image = PngImage.Read(File.ReadAllBytes(Path.Combine(_folder, "error_distribution.png")));
        Assert.Equal((600, 800, 0x11161c), (image.Width, image.Height, image.At(0, 0)));

        File.AppendAllText(Ledger, "2.5,100.0,80.0,20.0\n");
        await PublishAsync(Notification, "nonsense"u8.ToArray(), Notification);
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

    protected override void AfterAll()
    {
        _giveUp.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void Start(params string[] arguments)
    {
        var node = new PlotNode();
        var settings = Settings.Load(node.Name, ["--logs", _folder, .. arguments], environment: new Dictionary<string, string>());
        settings.Check(node.Settings);
        var done = node.Start(new NodeContext(node.Name, Sys, _broker, settings, Time!, NullLoggerFactory.Instance, _drain, _giveUp.Token));
        Assert.False(done.IsCompleted);
    }

    private void AwaitPicture(string rows)
    {
        AwaitCondition(() => File.Exists(Svg) && File.ReadAllText(Svg).Contains($">{rows} ·", StringComparison.Ordinal));
        // The PNG comes after the SVG.
        AwaitRest();
    }

    private async Task PublishAsync(params byte[][] messages)
    {
        await using var sink = _broker.Sink<byte[]>(new QueueSpec("notification"), (message, body) => body.Write(message));
        foreach (var message in messages) await sink.PublishAsync(message, null, CancellationToken.None);
        await sink.FlushAsync(CancellationToken.None);
    }
}
