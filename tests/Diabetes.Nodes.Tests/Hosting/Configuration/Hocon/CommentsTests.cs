namespace Diabetes.Nodes.Tests.Hosting.Configuration.Hocon;

public sealed class CommentsTests
{
    [Theory]
    [InlineData("# nothing else")]
    [InlineData("// nothing else")]
    [InlineData("#\n//\n")]
    public void Parse_OnlyComments_IsEmpty(string text) => Assert.Equal("{}", Doc.Json(text));

    [Theory]
    [InlineData("a = 1 # one\nb = 2 // two")]
    [InlineData("# before\na = 1\n// between\nb = 2\n# after")]
    [InlineData("a = 1# one\nb = 2//two")]
    [InlineData("{ a // the key\n = # the sign\n 1 // the value\n, # the comma\n b = 2 }")]
    public void Parse_CommentAnywhere_IsIgnored(string text) => Assert.Equal("""{"a":1,"b":2}""", Doc.Json(text));

    [Fact]
    public void Parse_CommentInArray_PartsNothing() => Assert.Equal("""{"a":[1,2]}""", Doc.Json("a = [ # first\n 1 // one\n 2 ]"));

    [Fact]
    public void Parse_CommentSignInQuotes_IsText() =>
        Assert.Equal("""{"a":"# no // comment","b":"# neither"}""", Doc.Json("a = \"# no // comment\"\nb = \"\"\"# neither\"\"\""));

    [Fact]
    public void Parse_SingleSlash_IsText() => Assert.Equal("""{"a":"/usr/bin"}""", Doc.Json("a = /usr/bin // folder"));

    [Fact]
    public void Parse_BracesInComment_DoNotCount() => Assert.Equal("""{"a":{"b":1}}""", Doc.Json("a {\n # }\n b = 1\n}"));
}
