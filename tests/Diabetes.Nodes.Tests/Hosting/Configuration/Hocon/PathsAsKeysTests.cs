namespace Diabetes.Nodes.Tests.Hosting.Configuration.Hocon;

public sealed class PathsAsKeysTests
{
    [Theory]
    [InlineData("foo.bar : 42", """{"foo":{"bar":42}}""")]
    [InlineData("foo.bar.baz : 42", """{"foo":{"bar":{"baz":42}}}""")]
    [InlineData("a.x : 42, a.y : 43", """{"a":{"x":42,"y":43}}""")]
    [InlineData("a.x = 1, a { x = 2, y.z = 3 }, a.y.w = 4", """{"a":{"x":2,"y":{"z":3,"w":4}}}""")]
    [InlineData("a b c : 42", """{"a b c":42}""")]
    [InlineData("true : 42", """{"true":42}""")]
    [InlineData("3 : 42", """{"3":42}""")]
    [InlineData("3.14 : 42", """{"3":{"14":42}}""")]
    [InlineData("\"3.14\" : 42", """{"3.14":42}""")]
    [InlineData("a.b { c.d = 1 }", """{"a":{"b":{"c":{"d":1}}}}""")]
    public void Parse_PathAsKey_MakesTheObjectsOnTheWay(string text, string json) => Assert.Equal(json, Doc.Json(text));

    [Fact]
    public void Parse_EmptyKeyInPath_FailsWithItsLine() =>
        Assert.Equal("2: a path has an empty key: remove a dot, or write the empty key as \"\"", Doc.Error("a = 1\nb..c = 2"));
}
