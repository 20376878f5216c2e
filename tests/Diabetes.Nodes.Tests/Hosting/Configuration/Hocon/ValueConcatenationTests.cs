namespace Diabetes.Nodes.Tests.Hosting.Configuration.Hocon;

public sealed class ValueConcatenationTests
{
    private const string Mixed =
        "simple values, arrays and objects cannot be joined with each other; separate them by a comma or a new line";

    [Theory]
    [InlineData(" foo bar baz ", "foo bar baz")]
    [InlineData("foo  \t bar", @"foo  \t bar")]
    [InlineData("foo \"bar baz\" qux", "foo bar baz qux")]
    [InlineData("\"a\"\"b\" \" c \"", "ab  c ")]
    [InlineData("true foo", "true foo")]
    [InlineData("null 1e5 1.50 false", "null 1e5 1.50 false")]
    [InlineData("1 2 3 4", "1 2 3 4")]
    [InlineData("\"\" x \"\"", " x ")]
    public void Strings_OnOneLine_AreJoinedWithTheBlanksBetween(string text, string json) =>
        Assert.Equal($$"""{"a":"{{json}}"}""", Doc.Json($"a = {text}"));

    [Fact]
    public void Strings_InArray_AreOneItem() => Assert.Equal("""["1 2 3 4","x y"]""", Doc.Json("[ 1 2 3 4, x y ]"));

    [Fact]
    public void Strings_InKey_AreOneKey() => Assert.Equal("""{"a b c":1}""", Doc.Json("a \"b c\" = 1"));

    [Fact]
    public void Strings_WithSubstitutions_KeepNumbersAsWritten() =>
        Assert.Equal("""{"n":1.50,"t":true,"a":"1.50 is true"}""", Doc.Json("n = 1.50, t = true, a = ${n} is ${t}"));

    [Theory]
    [InlineData("[1, 2] [3, 4]")]
    [InlineData("[1, 2][3, 4]")]
    [InlineData("[1\n2] [\n3, 4]")]
    [InlineData("[1] [2] [] [3, 4]")]
    public void Arrays_OnOneLine_AreOneArray(string text) => Assert.Equal("""{"a":[1,2,3,4]}""", Doc.Json($"a = {text}"));

    [Fact]
    public void Arrays_InArray_DependOnTheNewline()
    {
        Assert.Equal("[[1,2,3,4]]", Doc.Json("[ [1, 2] [3, 4] ]"));
        Assert.Equal("[[1,2],[3,4]]", Doc.Json("[ [1, 2]\n [3, 4] ]"));
    }

    [Theory]
    [InlineData("a = { b = 1, c = 2 }")]
    [InlineData("a = { b = 1 } { c = 2 }")]
    [InlineData("a { b = 1 } { c = 2 }")]
    [InlineData("a { b = 5 } { b = 1, c = 2 }")]
    [InlineData("a { b = 1 }, a { c = 2 }")]
    public void Objects_OnOneLine_AreMerged(string text) => Assert.Equal("""{"a":{"b":1,"c":2}}""", Doc.Json(text));

    [Fact]
    public void Objects_Inherited_OverrideField() => Assert.Equal(
        """{"base":{"size":6,"deep":{"x":1}},"east":{"size":7,"deep":{"x":1,"y":2},"name":"east"}}""",
        Doc.Json("base = { size = 6, deep { x = 1 } }\neast = ${base} { name = east, size = 7, deep { y = 2 } }"));

    [Theory]
    [InlineData("x = [1], y = [2], a = ${x} ${y}", "[1,2]")]
    [InlineData("x = [1], y = [2], a = ${x}${y} [3]", "[1,2,3]")]
    [InlineData("x { p = 1 }, y { q = 2 }, a = ${x} ${y}", """{"p":1,"q":2}""")]
    public void Substitutions_OfArraysOrObjects_IgnoreTheBlanks(string text, string json) =>
        Assert.EndsWith($"\"a\":{json}}}", Doc.Json(text));

    [Theory]
    [InlineData("a = [1] 2")]
    [InlineData("a = 2 [1]")]
    [InlineData("a = { b = 1 } 2")]
    [InlineData("a = [1] { b = 1 }")]
    [InlineData("x = [1], y = [2], a = ${x} \" \" ${y}")]
    [InlineData("x { p = 1 }, a = ${x} text")]
    public void Parts_OfDifferentKinds_Fail(string text) => Assert.Equal($"1: {Mixed}", Doc.Error(text));

    [Fact]
    public void Key_WithArrayOrObject_Fails() =>
        Assert.Equal("1: '[' stands where '=', ':' or '{' for the key a should be", Doc.Error("a [1] = 2"));
}
