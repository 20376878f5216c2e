namespace Diabetes.Nodes.Tests.Hosting.Configuration.Hocon;

public sealed class WhitespaceTests
{
    [Theory]
    [InlineData('\t')]
    [InlineData('\v')]
    [InlineData('\f')]
    [InlineData('\r')]
    [InlineData('\u001C')]
    [InlineData('\u001D')]
    [InlineData('\u001E')]
    [InlineData('\u001F')]
    [InlineData('\u00A0')]
    [InlineData('\u2007')]
    [InlineData('\u202F')]
    [InlineData('\u2028')]
    [InlineData('\u2029')]
    [InlineData('\u3000')]
    [InlineData('\uFEFF')]
    public void Parse_EveryBlank_IsTrimmed(char blank) => Assert.Equal("""{"a":"b"}""", Doc.Json($"{blank}a{blank}={blank}b{blank}"));

    [Fact]
    public void Parse_LineSeparator_IsNoNewline() => Assert.Equal("[\"1\u20282\"]".Replace("\u2028", "\\u2028"), Doc.Json("[1\u20282]"));

    [Fact]
    public void Parse_OtherControlCharacters_BelongToText() => Assert.Equal("""{"a":"\u0001b"}""", Doc.Json("a = \u0001b"));
}
