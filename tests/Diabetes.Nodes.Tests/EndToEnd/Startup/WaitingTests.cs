using Diabetes.Nodes.Tests.Support;
using Xunit.Abstractions;

namespace Diabetes.Nodes.Tests.EndToEnd.Startup;

/// <summary>Nodes whose broker never comes.</summary>
public sealed class WaitingTests(ITestOutputHelper output) : StageTest(output)
{
    private const string NobodyThere = "amqp://guest:secret@127.0.0.1:1";

    [Theory]
    [InlineData("features")]
    [InlineData("model")]
    [InlineData("metric")]
    [InlineData("all-in-one")]
    public async Task Node_StoppedWhileItWaitsForTheBroker_EndsWellAndInTime(string name)
    {
        var node = Stage.NodeAsItIs(name, "--logs", Stage.Logs, "--amqp", NobodyThere);
        await node.LineAsync("waiting for RabbitMQ at");

        await node.StopInTimeAsync();

        Assert.DoesNotContain("secret", $"{node.Output}", StringComparison.Ordinal);
    }

    private protected override Task<Stage> OpenAsync() => Task.FromResult(Stage.Open());
}
