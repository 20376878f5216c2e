using System.Text;
using Diabetes.Nodes.Tests.Brokers;
using Diabetes.Nodes.Tests.Logs;
using Diabetes.Nodes.Tests.Processes;
using Diabetes.Streams;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit.Abstractions;

namespace Diabetes.Nodes.Tests.Chaos;

/// <summary>
/// Nothing lost, nothing twice: nodes and broker are killed at points of the run that a seed draws, and afterwards the ledger is what was
/// sent. The seed is in the output; CHAOS_SEED runs it again.
/// </summary>
public sealed class ChaosTests(BrokerFixture broker, ITestOutputHelper output) : StageTest(output)
{
    private static readonly string[] Durable =
        ["--set", "queues.features.durable=true", "--set", "queues.y-true.durable=true", "--set", "queues.y-pred.durable=true", "--set", "queues.notification.durable=true"];

    private readonly ITestOutputHelper _output = output;

    [Fact]
    public async Task Run_NodesAndBrokerKilled_EachIdIsInTheLedgerOnceAndJunkInTheQuarantine()
    {
        var plan = ChaosPlan.FromEnvironment();
        var mishaps = plan.Mishaps();
        _output.WriteLine($"{plan}: {string.Join(", ", mishaps)}");
        var nodes = new[] { "metric", "model", "plot" }.ToDictionary(name => name, Start);

        await using var client = new RabbitMqBroker(new RabbitMqOptions { Uri = Stage.Host.Uri }, TimeProvider.System, NullLogger.Instance);
        var producer = new ChaosProducer(plan, client);
        var sending = producer.SendAsync(new QueueSpec("features", Durable: true), new QueueSpec("y_true", Durable: true));
        for (var i = 0; i < mishaps.Count; i++)
        {
            await Stage.Ledger.UntilRowsAsync((i + 1) * plan.Ids / (mishaps.Count + 2));
            await HappenAsync(mishaps[i], nodes);
        }

        await sending;
        await Stage.Ledger.UntilRowsAsync(plan.Ids);
        await FileWatch.UntilAsync(
            Stage.LogFile("quarantine.ndjson"), () => Quarantined().Count == producer.Junk.Count, () => $"{Quarantined().Count} of {producer.Junk.Count} junk messages are quarantined.");
        // One that was killed last may not be there yet to be asked.
        await Task.WhenAll(nodes.Values.Select(node => node.LineAsync("Consuming")));
        await Task.WhenAll(nodes["model"].StopAsync(), nodes["plot"].StopAsync());
        await nodes["metric"].StopAsync();

        Assert.Equal($"{plan.Ids} rows are right", await Stage.CheckLedgerAsync());
        Assert.Equal(producer.Ids.Order(), Stage.Ledger.Ids.Order());
        Assert.Equal(producer.Junk.Order(), Quarantined().Order());
        Assert.Equal(0, nodes["metric"].Output.Count("do not add up"));
        Assert.All((await Stage.Host.QueuesAsync()).Where(queue => !queue.Key.EndsWith(".dead", StringComparison.Ordinal)), queue => Assert.Equal((0, 0), (queue.Value.Ready, queue.Value.Unacknowledged)));
    }

    private protected override Task<Stage> OpenAsync() => Stage.OpenAsync(broker);

    private TestProcess Start(string node) => Stage.Node(node, [.. Durable, "--set", "metric.spill-after=200ms"]);

    private async Task HappenAsync(Mishap mishap, Dictionary<string, TestProcess> nodes)
    {
        switch (mishap)
        {
            case Mishap.BrokerKilled:
                await broker.Server.KillAsync();
                await broker.Server.StartAsync();
                break;
            case Mishap.ConnectionsCut:
                await broker.Server.ControlAsync("close_all_connections", "chaos");
                break;
            default:
                var node = mishap switch { Mishap.MetricKilled => "metric", Mishap.ModelKilled => "model", _ => "plot" };
                await nodes[node].KillAsync();
                nodes[node] = Start(node);
                break;
        }
    }

    /// <summary>A kill between file and settlement brings a message again, and into the file again: once each, here.</summary>
    private List<string> Quarantined() => [.. Stage.Quarantine.Lines.Select(line => Encoding.UTF8.GetString(line.Body)).Distinct()];
}
