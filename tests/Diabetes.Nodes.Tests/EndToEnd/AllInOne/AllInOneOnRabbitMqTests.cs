using Diabetes.Nodes.Tests.Support;
using Diabetes.Nodes.Tests.Support.Brokers;
using Xunit.Abstractions;

namespace Diabetes.Nodes.Tests.EndToEnd.AllInOne;

/// <summary>The four recipes in one process, with the queues in a RabbitMQ.</summary>
public sealed class AllInOneOnRabbitMqTests(ITestOutputHelper output, BrokerFixture broker) : StageTest(output)
{
    [Fact]
    public async Task AllInOne_ThroughRabbitMq_EndsByItselfWithTheWholeLedger()
    {
        var node = Stage.Node("all-in-one", "--rate", "0", "--count", "3000", "--label-delay", "100ms");

        Assert.Equal(0, await node.ExitAsync());

        Assert.Equal("3000 rows are right", await Stage.CheckLedgerAsync());
        Assert.All(await Stage.Host.QueuesAsync(), queue => Assert.Equal((queue.Key, QueueCounts.Empty), (queue.Key, queue.Value)));
    }

    private protected override Task<Stage> OpenAsync() => Stage.OpenAsync(broker);
}
