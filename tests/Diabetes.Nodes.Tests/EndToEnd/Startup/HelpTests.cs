using Diabetes.Nodes.Tests.Support;
using Xunit.Abstractions;

namespace Diabetes.Nodes.Tests.EndToEnd.Startup;

public sealed class HelpTests(ITestOutputHelper output) : StageTest(output)
{
    [Theory]
    [InlineData("features", "--rate")]
    [InlineData("model", "--amqp")]
    [InlineData("metric", "--logs")]
    [InlineData("plot", "--logs")]
    [InlineData("all-in-one", "--label-delay")]
    public async Task Help_EveryNode_ListsItsOptionsAndEndsWell(string name, string option)
    {
        var node = Stage.NodeAsItIs(name, "--help");

        Assert.Equal(0, await node.ExitAsync());

        Assert.Equal(1, node.Output.Count($"  {option} "));
        Assert.Equal("", node.Output.Errors);
    }

    private protected override Task<Stage> OpenAsync() => Task.FromResult(Stage.Open());
}
