using Diabetes.Nodes.Tests.Support;
using Diabetes.Nodes.Tests.Support.Brokers;
using Diabetes.Nodes.Tests.Support.Processes;
using Xunit.Abstractions;

namespace Diabetes.Nodes.Tests.EndToEnd.FourProcesses;

/// <summary>A broker that dies under its nodes. Its queues are durable: what it had confirmed it still has.</summary>
public sealed class BrokerOutageTests(ITestOutputHelper output, BrokerFixture broker) : StageTest(output)
{
    private static readonly string[] Durable =
    [
        .. ((string[])["features", "y-true", "y-pred", "notification"])
            .SelectMany(queue => (string[])["--set", $"queues.{queue}.durable=true"]),
        "--set", "amqp.reconnect.longest=500ms",
    ];

    [Fact]
    public async Task FourProcesses_BrokerKilledInMidStream_HaveEachIdOnce()
    {
        TestProcess[] servers = [Stage.Node("metric", Durable), Stage.Node("model", Durable), Stage.Node("plot", Durable)];
        var features = Stage.Node("features", ["--rate", "1000", "--count", "4000", .. Durable]);
        await Stage.Ledger.UntilRowsAsync(500);

        await broker.Server.KillAsync();
        await broker.Server.StartAsync();

        Assert.Equal(0, await features.ExitAsync());
        await Stage.Ledger.UntilRowsAsync(4000);
        await Stage.Host.UntilEmptyAsync();
        await Task.WhenAll(servers.Select(node => node.StopAsync()));
        Assert.Equal("4000 rows are right", await Stage.CheckLedgerAsync());
        Assert.All(
            await Stage.Host.QueuesAsync(),
            queue => Assert.Equal((queue.Key, QueueCounts.Empty with { Durable = true }), (queue.Key, queue.Value)));
        Assert.All(servers.Append(features), node => Assert.Equal((node.Name, 0), (node.Name, node.Output.Count(" fail: "))));
    }

    private protected override Task<Stage> OpenAsync() => Stage.OpenAsync(broker);
}
