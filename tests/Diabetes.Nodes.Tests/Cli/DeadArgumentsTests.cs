using System.CommandLine;
using Diabetes.Cli;
using Diabetes.Cli.Verbs;

namespace Diabetes.Nodes.Tests.Cli;

public sealed class DeadArgumentsTests
{
    [Theory]
    [InlineData("replay", "y_true")]
    [InlineData("replay", "y_true", "1", "--all")]
    [InlineData("replay", "y_true", "--all", "--body", "x")]
    [InlineData("list", "--limit", "0")]
    [InlineData("show", "y_true")]
    public void Dead_ArgumentsThatMakeNoSense_AreRefused(params string[] args) =>
        Assert.NotEmpty(new RootCommand { DeadVerb.Create() }.Parse(["dead", .. args]).Errors);

    [Theory]
    [InlineData("y_true", "y_true")]
    [InlineData("y_true.dead", "y_true")]
    [InlineData(".dead.dead", ".dead")]
    public void Origin_NameOfEitherQueue_IsThatOfTheFirst(string given, string origin) => Assert.Equal(origin, DeadVerb.Origin(given));

    [Theory]
    [InlineData(new byte[] { 0x7b, 0x0a, 0x7d }, "{\n}")]
    [InlineData(new byte[] { 0x1b, 0x5b }, "00000000  1b 5b                                            .[")]
    [InlineData(new byte[0], "")]
    public void Body_AnyBytes_MovesNoCursor(byte[] body, string shown) => Assert.Equal(shown, BodyText.Of(body));
}
