namespace Diabetes.Nodes.Tests.Hosting.Configuration.Hocon;

public sealed class DuplicateKeysTests
{
    [Theory]
    [InlineData("a = 1, a = 2", """{"a":2}""")]
    [InlineData("a { x = 1 }, a { y = 2 }", """{"a":{"x":1,"y":2}}""")]
    [InlineData("a { x = 1 }, a { x = 2 }", """{"a":{"x":2}}""")]
    [InlineData("a { b { x = 1 } }, a { b { y = 2 }, c = 3 }", """{"a":{"b":{"x":1,"y":2},"c":3}}""")]
    [InlineData("a = [1], a = [2]", """{"a":[2]}""")]
    [InlineData("a { x = 1 }, a = 5", """{"a":5}""")]
    [InlineData("a = 5, a { x = 1 }", """{"a":{"x":1}}""")]
    public void Parse_SameKeyTwice_MergesObjectsAndOverridesTheRest(string text, string json) => Assert.Equal(json, Doc.Json(text));

    [Theory]
    [InlineData("a { x = 1 }, a = null, a { y = 2 }")]
    [InlineData("a { x = 1 }, a = 42, a { y = 2 }")]
    [InlineData("a { x = 1 }, a = [], a { y = 2 }")]
    public void Parse_ValueBetweenObjects_PreventsTheMerge(string text) => Assert.Equal("""{"a":{"y":2}}""", Doc.Json(text));

    [Fact]
    public void Parse_SubstitutionBetweenObjects_MergesIfItIsAnObject()
    {
        Assert.Equal("""{"o":{"z":3},"a":{"x":1,"z":3,"y":2}}""", Doc.Json("o { z = 3 }, a { x = 1 }, a = ${o}, a { y = 2 }"));
        Assert.Equal("""{"o":5,"a":{"y":2}}""", Doc.Json("o = 5, a { x = 1 }, a = ${o}, a { y = 2 }"));
    }

    [Fact]
    public void Parse_OverriddenKey_KeepsItsPlace() => Assert.Equal("""{"a":3,"b":2}""", Doc.Json("a = 1, b = 2, a = 3"));
}
