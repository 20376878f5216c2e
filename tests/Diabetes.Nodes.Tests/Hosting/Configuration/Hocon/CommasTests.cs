namespace Diabetes.Nodes.Tests.Hosting.Configuration.Hocon;

public sealed class CommasTests
{
    [Theory]
    [InlineData("[1,2,3]")]
    [InlineData("[1,2,3,]")]
    [InlineData("[1\n2\n3]")]
    [InlineData("[\n1,\n2\n,3\n,\n]")]
    [InlineData("[\n\n1\n\n\n2\n3\n\n]")]
    public void Array_CommaOrNewline_Parts(string text) => Assert.Equal("[1,2,3]", Doc.Json(text));

    [Theory]
    [InlineData("a=1,b=2")]
    [InlineData("a=1,b=2,")]
    [InlineData("a=1\nb=2")]
    [InlineData("{a=1,\n\n\nb=2\n,\n}")]
    public void Object_CommaOrNewline_Parts(string text) => Assert.Equal("""{"a":1,"b":2}""", Doc.Json(text));

    [Theory]
    [InlineData("[1,2,3,,]", "1: ',' stands where a value or ']' should be")]
    [InlineData("[,1]", "1: ',' stands where a value or ']' should be")]
    [InlineData("[1,,2]", "1: ',' stands where a value or ']' should be")]
    [InlineData("[1\n,\n,2]", "3: ',' stands where a value or ']' should be")]
    [InlineData("[,]", "1: ',' stands where a value or ']' should be")]
    [InlineData("{a=1,,b=2}", "1: ',' stands where a key or '}' should be")]
    [InlineData("{,a=1}", "1: ',' stands where a key or '}' should be")]
    [InlineData(",a=1", "1: ',' stands where a key or '}' should be")]
    [InlineData("a=1,b=2,,", "1: ',' stands where a key or '}' should be")]
    public void Parse_CommaTooMany_Fails(string text, string error) => Assert.Equal(error, Doc.Error(text));

    [Fact]
    public void Array_CarriageReturnAlone_DoesNotPart() => Assert.Equal("[\"1\\r2\"]", Doc.Json("[1\r2]"));

    [Fact]
    public void Document_WindowsLineEnds_Part() => Assert.Equal("""{"a":"x","b":[1,2]}""", Doc.Json("a = x\r\nb = [1\r\n2]\r\n"));
}
