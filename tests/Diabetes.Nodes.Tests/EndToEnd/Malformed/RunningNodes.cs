using System.Text;
using Diabetes.Nodes.Tests.Support;
using Diabetes.Nodes.Tests.Support.Brokers;
using Diabetes.Nodes.Tests.Support.Processes;
using Xunit.Abstractions;

namespace Diabetes.Nodes.Tests.EndToEnd.Malformed;

/// <summary>Runs model, metric and plot for all tests of a class. No test leaves anything behind that the next one would notice.</summary>
public sealed class RunningNodes(BrokerFixture broker) : IAsyncLifetime
{
    private TestProcess[] _nodes = [];

    internal Stage Stage { get; private set; } = null!;

    internal PikaPublisher Pika { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Stage = await Stage.OpenAsync(broker);
        Pika = new PikaPublisher(Stage.Host.Uri);
        _nodes =
        [
            Stage.Node("model"),
            Stage.Node("metric"),
            Stage.Node("plot", "--set", "plot.trigger=notification", "--set", "plot.interval=100ms"),
        ];
    }

    public async Task DisposeAsync()
    {
        await Pika.DisposeAsync();
        await Stage.DisposeAsync();
    }

    /// <summary>
    /// Makes the messages of an observation with this id: features, truth and notification. It is row 0 of the dataset, whose prediction
    /// is known.
    /// </summary>
    internal static IEnumerable<(string Queue, byte[] Body)> Good(string id) => new[]
    {
        ("features", $$"""{"id": "{{id}}", "body": [{{Row0}}]}"""),
        ("y_true", $$"""{"id": "{{id}}", "body": 151.0}"""),
        ("notification", $$"""{"id": "{{id}}"}"""),
    }.Select(message => (message.Item1, Encoding.UTF8.GetBytes(message.Item2)));

    /// <summary>Asks all of them to stop, and expects that they do it well.</summary>
    internal Task StopAsync() => Task.WhenAll(_nodes.Select(node => node.StopAsync()));

    /// <summary>Fails if a node has ended; shows what they said if the test fails.</summary>
    internal void Report(ITestOutputHelper output)
    {
        Stage.Report(output);
        Assert.All(_nodes, node => Assert.True(node.IsRunning, $"{node.Name} ended:\n{node.Output}"));
    }

    /// <summary>The features of the dataset's first row, for which scikit-learn predicts 206.11667725.</summary>
    internal static string Row0 { get; } = string.Join(", ", File.ReadLines(Repository.Dataset).ElementAt(1).Split(',')[..^1]);
}
