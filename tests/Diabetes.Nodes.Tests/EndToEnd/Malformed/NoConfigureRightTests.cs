using Diabetes.Amqp;
using Diabetes.Amqp.Settings;
using Diabetes.Nodes.Tests.Support;
using Diabetes.Nodes.Tests.Support.Brokers;
using Diabetes.Nodes.Tests.Support.Processes;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit.Abstractions;

namespace Diabetes.Nodes.Tests.EndToEnd.Malformed;

/// <summary>The four nodes with a user that may read and write, on queues that an operator made.</summary>
public sealed class NoConfigureRightTests(ITestOutputHelper output, BrokerFixture broker) : StageTest(output)
{
    private const string User = "worker";

    [Fact]
    public async Task FourProcesses_UserWithoutConfigure_SetAsideInTheFileAloneUntilItIsGranted()
    {
        await using var operators = new RabbitMqConnection(
            new RabbitMqConnectionSettings { Uri = Stage.Host.Uri }, TimeProvider.System, NullLogger.Instance);
        foreach (var queue in (string[])["features", "y_true", "y_pred", "notification"])
        {
            await operators.TryDeclareAsync(new QueueDeclaration(queue), CancellationToken.None);
        }

        await broker.Server.ControlAsync("add_user", User, "only");
        await PermitAsync(configure: "^$");
        var uri = new UriBuilder(Stage.Host.Uri) { UserName = User, Password = "only" }.Uri;
        var metric = Node("metric");
        TestProcess[] servers = [metric, Node("model"), Node("plot")];
        var features = Node("features", "--rate", "1000", "--count", "100");
        await metric.LineAsync("does not permit this user to declare queue 'y_true'");
        Assert.Equal(0, await features.ExitAsync());
        await Stage.Ledger.UntilRowsAsync(100);

        await using var pika = new PikaPublisher(Stage.Host.Uri);
        await pika.SendAsync([("y_true", "not JSON"), ("y_true", "neither")]);
        await Stage.Quarantine.UntilEntriesAsync(2);
        await metric.LineAsync("Queue 'y_true.dead' cannot be used. It does not exist");
        await Stage.Host.UntilEmptyAsync();
        Assert.Equal(1, metric.Output.Count("Queue 'y_true.dead' cannot be used. It does not exist"));

        await PermitAsync(configure: ".*");
        await UntilSetAsideAsync(pika);
        await Stage.Host.UntilEmptyAsync();
        await Task.WhenAll(servers.Select(node => node.StopAsync()));
        Assert.Equal(1, metric.Output.Count("does not permit this user to declare queue 'y_true'"));

        TestProcess Node(string name, params string[] arguments) => Stage.NodeAsItIs(
            name, ["--amqp", $"{uri}", "--logs", Stage.Logs, "--set", "drain-timeout=1m", .. arguments]);
    }

    private protected override Task<Stage> OpenAsync() => Stage.OpenAsync(broker);

    private Task<string> PermitAsync(string configure) => broker.Server.ControlAsync(
        "set_permissions", "-p", Stage.Host.Uri.AbsolutePath.Trim('/'), User, configure, ".*", ".*");

    /// <summary>Sends unreadable messages until one is in the queue of set-aside messages: the node asks again now and then.</summary>
    private async Task UntilSetAsideAsync(PikaPublisher pika)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!(await Stage.Host.QueuesAsync()).TryGetValue("y_true.dead", out var letters) || letters.Ready == 0)
        {
            Assert.True(
                TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromMinutes(1), "The right is not used within a minute.");
            await pika.SendAsync([("y_true", "not JSON")]);
        }
    }
}
