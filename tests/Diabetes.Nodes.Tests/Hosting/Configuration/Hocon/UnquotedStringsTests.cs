namespace Diabetes.Nodes.Tests.Hosting.Configuration.Hocon;

public sealed class UnquotedStringsTests
{
    [Theory]
    [InlineData("abc")]
    [InlineData("a-b_c.d/e;f|g~h%i<j>k(l)")]
    [InlineData("truefoo")]
    [InlineData("footrue")]
    [InlineData("10.0bar")]
    [InlineData("bar10.0")]
    [InlineData("10s")]
    [InlineData("64KiB")]
    [InlineData("-foo")]
    [InlineData("1e+5x")]
    [InlineData("nullnull")]
    [InlineData("üñí")]
    public void Parse_TextOutsideQuotes_IsTakenLiterally(string text) => Assert.Equal($$"""{"a":"{{text}}"}""", Doc.Json($"a = {text}"));

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    [InlineData("null")]
    [InlineData("12")]
    public void Parse_WordOfJson_KeepsItsType(string text) => Assert.Equal($$"""{"a":{{text}}}""", Doc.Json($"a = {text}"));

    [Theory]
    [InlineData('$')]
    [InlineData('+')]
    [InlineData('`')]
    [InlineData('^')]
    [InlineData('?')]
    [InlineData('!')]
    [InlineData('@')]
    [InlineData('*')]
    [InlineData('&')]
    [InlineData('\\')]
    public void Parse_ReservedCharacter_Fails(char reserved)
    {
        var error = $"1: '{reserved}' may not stand outside quotes; put the text in double quotes";
        Assert.Equal(error, Doc.Error($"a = {reserved}"));
        Assert.Equal(error, Doc.Error($"a = b{reserved}c"));
        Assert.Equal(error, Doc.Error($"b{reserved}c = a"));
    }

    [Fact]
    public void Parse_PlusBehindNumber_Fails() => Assert.StartsWith("1: '+' may not stand outside quotes", Doc.Error("a = 1+2"));

    [Fact]
    public void Parse_Backslash_DoesNotEscape() => Assert.Contains("'\\'", Doc.Error("a = b\\nc"));
}
