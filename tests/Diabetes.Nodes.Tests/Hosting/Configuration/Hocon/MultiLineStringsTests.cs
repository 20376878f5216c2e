namespace Diabetes.Nodes.Tests.Hosting.Configuration.Hocon;

public sealed class MultiLineStringsTests
{
    private const string Three = "\"\"\"";

    [Theory]
    [InlineData("", "")]
    [InlineData("one line", "one line")]
    [InlineData("\n  two\n lines ", @"\n  two\n lines ")]
    [InlineData("no \\n escape, no ${substitution}", @"no \\n escape, no ${substitution}")]
    [InlineData("a \"quote\" and \"\" two", @"a \""quote\"" and \""\"" two")]
    [InlineData("more quotes\"\"", @"more quotes\""\""")]
    public void Parse_ThreeQuotes_KeepsAllThatIsInside(string text, string json) =>
        Assert.Equal($$"""{"a":"{{json}}"}""", Doc.Json($"a = {Three}{text}{Three}"));

    [Fact]
    public void Parse_NotClosed_FailsWhereItStarts() =>
        Assert.Equal("2: a string in three quotes is not closed", Doc.Error($"\na = {Three}b\n\n\"\""));

    [Fact]
    public void Parse_LinesBehindIt_KeepTheirNumbers() => Assert.StartsWith("5: ", Doc.Error($"a = {Three}\n\n\n{Three}\n="));

    [Fact]
    public void Parse_InConcatenation_IsAString() => Assert.Equal("""{"a":"x y z"}""", Doc.Json($"a = x {Three}y{Three} z"));
}
