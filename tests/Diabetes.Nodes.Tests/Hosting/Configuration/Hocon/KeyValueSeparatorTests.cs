namespace Diabetes.Nodes.Tests.Hosting.Configuration.Hocon;

public sealed class KeyValueSeparatorTests
{
    [Theory]
    [InlineData("a : 1")]
    [InlineData("a = 1")]
    [InlineData("a=1")]
    [InlineData("\"a\":1")]
    [InlineData("a\n=\n1")]
    public void Parse_ColonOrEquals_IsTheSame(string text) => Assert.Equal("""{"a":1}""", Doc.Json(text));

    [Theory]
    [InlineData("a { b = 1 }")]
    [InlineData("a{b=1}")]
    [InlineData("a : { b : 1 }")]
    [InlineData("a\n{ b = 1 }")]
    public void Parse_BraceBehindKey_NeedsNoSeparator(string text) => Assert.Equal("""{"a":{"b":1}}""", Doc.Json(text));

    [Theory]
    [InlineData("a [1]", "1: '[' stands where '=', ':' or '{' for the key a should be")]
    [InlineData("a", "1: the file ends where '=', ':' or '{' for the key a should be")]
    [InlineData("= 1", "1: '=' stands where a key should be")]
    [InlineData("a = = 1", "1: '=' stands where a value should be")]
    [InlineData("a =", "1: the file ends where a value should be")]
    [InlineData("a = ,", "1: ',' stands where a value should be")]
    [InlineData("{ a = }", "1: '}' stands where a value should be")]
    [InlineData("a = b = c", "1: '=' may not stand in a value outside quotes; put the value in double quotes, or begin a new line")]
    [InlineData("a = amqp://host", "1: ':' may not stand in a value outside quotes; put the value in double quotes, or begin a new line")]
    [InlineData("${a} = 1", "1: '${' stands where a key should be")]
    [InlineData("{a=1} = 2", "1: '=' stands where the end of the file should be")]
    public void Parse_MisplacedSeparator_Fails(string text, string error) => Assert.Equal(error, Doc.Error(text));
}
