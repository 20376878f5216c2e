using Diabetes.Nodes.Tests.Support;
using Diabetes.Nodes.Tests.Support.Brokers;
using Diabetes.Nodes.Tests.Support.Processes;
using Xunit.Abstractions;

namespace Diabetes.Nodes.Tests.EndToEnd.FourProcesses;

/// <summary>Nodes that are there before the broker is.</summary>
public sealed class LateBrokerTests(ITestOutputHelper output, BrokerFixture broker) : StageTest(output)
{
    [Fact]
    public async Task FourProcesses_BeforeTheirBrokerAndBackToFront_WaitForIt()
    {
        TestProcess[] nodes = [];
        await broker.Server.StopAsync();
        try
        {
            nodes =
            [
                Stage.Node("plot", "--set", "plot.trigger=notification"),
                Stage.Node("metric"),
                Stage.Node("model"),
                Stage.Node("features", "--rate", "1000", "--count", "500"),
            ];
            await Task.WhenAll(nodes.Select(node => node.LineAsync("waiting for RabbitMQ")));
        }
        finally
        {
            await broker.Server.StartAsync();
        }

        Assert.Equal(0, await nodes[^1].ExitAsync());
        await Stage.Ledger.UntilRowsAsync(500);
        Assert.Equal("500 rows are right", await Stage.CheckLedgerAsync());
        Assert.All(nodes, node => Assert.InRange(node.Output.Count("(consuming): waiting for RabbitMQ"), 0, 1));
        Assert.All(nodes, node => Assert.InRange(node.Output.Count("(publishing): waiting for RabbitMQ"), 0, 1));
        Assert.All(nodes[..^1], node => Assert.True(node.IsRunning, node.Name));
    }

    private protected override Task<Stage> OpenAsync() => Stage.OpenAsync(broker);
}
