namespace Diabetes.Nodes.Tests.Hosting.Configuration.Hocon;

public sealed class OmitRootBracesTests
{
    [Theory]
    [InlineData("")]
    [InlineData(" \n\t\n")]
    [InlineData("{}")]
    public void Parse_Nothing_IsAnEmptyObject(string text) => Assert.Equal("{}", Doc.Json(text));

    [Theory]
    [InlineData("a = 1")]
    [InlineData("{a = 1}")]
    [InlineData("\n { a = 1 } \n")]
    public void Parse_WithAndWithoutBraces_IsTheSame(string text) => Assert.Equal("""{"a":1}""", Doc.Json(text));

    [Fact]
    public void Parse_RootArray_IsAnArray() => Assert.Equal("[1,2]", Doc.Json("[1, 2]"));

    [Theory]
    [InlineData("a = 1\n}", "2: '}' stands where a key should be")]
    [InlineData("a = 1 }", "1: '}' stands where a comma or a new line should be")]
    [InlineData("{ a = 1", "1: the file ends where a comma or a new line should be")]
    [InlineData("{ a = 1\n", "2: the file ends where a key or '}' should be")]
    [InlineData("{ a = 1 }\n}", "2: '}' stands where the end of the file should be")]
    [InlineData("{ a = 1 } b = 2", "1: 'b' stands where the end of the file should be")]
    [InlineData("[1, 2", "1: the file ends where a comma or a new line should be")]
    [InlineData("just text", "1: the file ends where '=', ':' or '{' for the key \"just text\" should be")]
    public void Parse_UnbalancedBraces_Fails(string text, string error) => Assert.Equal(error, Doc.Error(text));
}
