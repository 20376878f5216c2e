using Diabetes.Nodes.Tests.Support;
using Diabetes.Nodes.Tests.Support.Brokers;
using Xunit.Abstractions;

namespace Diabetes.Nodes.Tests.EndToEnd.Startup;

/// <summary>Nodes that the broker does not let in: waiting would not help.</summary>
public sealed class RefusedTests(ITestOutputHelper output, BrokerFixture broker) : StageTest(output)
{
    [Theory]
    [InlineData("features")]
    [InlineData("model")]
    [InlineData("metric")]
    [InlineData("all-in-one")]
    public async Task Node_WithAWrongPassword_EndsAndSaysWhatToCorrect(string name)
    {
        var uri = new UriBuilder(broker.Server.Uri) { Password = "mistaken" };

        var node = Stage.NodeAsItIs(name, "--logs", Stage.Logs, "--amqp", $"{uri.Uri}");

        Assert.Equal(1, await node.ExitAsync());
        Assert.Contains("does not accept user 'guest' with this password. Correct amqp.uri", $"{node.Output}", StringComparison.Ordinal);
        Assert.DoesNotContain("mistaken", $"{node.Output}", StringComparison.Ordinal);
    }

    private protected override Task<Stage> OpenAsync() => Task.FromResult(Stage.Open());
}
