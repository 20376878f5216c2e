using Diabetes.Nodes.Tests.Support;
using Xunit.Abstractions;

namespace Diabetes.Nodes.Tests.EndToEnd.Startup;

/// <summary>How a node ends that is asked to.</summary>
public sealed class SignalTests(ITestOutputHelper output) : StageTest(output)
{
    [Theory]
    [InlineData("TERM", "SIGTERM")]
    [InlineData("INT", "Ctrl-C")]
    [InlineData("HUP", "SIGHUP")]
    [InlineData("QUIT", "SIGQUIT")]
    public async Task Signal_Any_DrainsTheNode(string signal, string cause)
    {
        var node = Stage.Node("all-in-one", "--rate", "1000");
        await Stage.Ledger.UntilRowsAsync(100);

        await node.SignalAsync(signal);
        Assert.Equal(0, await node.ExitAsync());

        Assert.Equal(1, node.Output.Count($"Draining, because of {cause}"));
        Assert.Equal($"{node.Output.NumberIn("sent (.*) rows")} rows are right", await Stage.CheckLedgerAsync());
    }

    [Fact]
    public async Task Signal_AgainWhileTheNodeDrains_EndsItAtOnce()
    {
        var node = Stage.Node(
            "all-in-one",
            "--rate",
            "1000",
            "--set",
            "metric.store=postgres",
            "--set",
            "metric.postgres.uri=postgres://u:p@127.0.0.1:1/d");
        await node.LineAsync("Could not write to the store:");
        await node.SignalAsync("TERM");
        await node.LineAsync("Draining, because of SIGTERM");

        // For two seconds they are echoes of the first.
        while (node.IsRunning)
        {
            await node.SignalAsync("TERM");
        }

        Assert.Equal(128 + 15, await node.ExitAsync());
    }

    private protected override Task<Stage> OpenAsync() => Task.FromResult(Stage.Open());
}
