namespace Diabetes.Nodes.Tests.Hosting.Configuration.Hocon;

public sealed class SubstitutionsTests
{
    [Theory]
    [InlineData("b = 1, a = ${b}", """{"b":1,"a":1}""")]
    [InlineData("a = ${b}, b = 1", """{"a":1,"b":1}""")]
    [InlineData("b.c.d = x, a = ${b.c.d}", """{"b":{"c":{"d":"x"}},"a":"x"}""")]
    [InlineData("\"x.y\" = 1, a = ${\"x.y\"}", """{"x.y":1,"a":1}""")]
    [InlineData("b = 1, a = ${ b }", """{"b":1,"a":1}""")]
    [InlineData("b = 1, b = 2, a = ${b}, b = 3", """{"b":3,"a":3}""")]
    [InlineData("b = null, a = ${b}", """{"b":null,"a":null}""")]
    [InlineData("b = null, a = ${?b}", """{"b":null,"a":null}""")]
    [InlineData("b = [1, {c = 2}], a = ${b}", """{"b":[1,{"c":2}],"a":[1,{"c":2}]}""")]
    [InlineData("b = x, a = [${b}, ${b} y]", """{"b":"x","a":["x","x y"]}""")]
    public void Resolve_Path_GivesTheFinalValueWithItsType(string text, string json) => Assert.Equal(json, Doc.Json(text));

    [Fact]
    public void Resolve_InQuotes_IsText() => Assert.Equal("""{"a":"${b}"}""", Doc.Json("a = \"${b}\""));

    [Fact]
    public void Resolve_BesideQuotes_IsJoined() =>
        Assert.Equal("""{"b":"cat","a":"a cat, is it?"}""", Doc.Json("b = cat, a = \"a \"${b}\", is it?\""));

    [Theory]
    [InlineData("\na = ${b}", "2: ${b} has no value: there is no such key and no such environment variable; set one, or write ${?b}")]
    [InlineData(
        "b.c = 1, a = ${b.d}", "1: ${b.d} has no value: there is no such key and no such environment variable; set one, or write ${?b.d}")]
    [InlineData(
        "b = 1, a = ${b.c}", "1: ${b.c} has no value: there is no such key and no such environment variable; set one, or write ${?b.c}")]
    [InlineData(
        "a = [\n1,\nx ${b}]", "3: ${b} has no value: there is no such key and no such environment variable; set one, or write ${?b}")]
    public void Resolve_Undefined_FailsWithItsLine(string text, string error) => Assert.Equal(error, Doc.Error(text));

    [Theory]
    [InlineData("a = ${?b}", "{}")]
    [InlineData("a = 1, a = ${?b}", """{"a":1}""")]
    [InlineData("a = ${?b}${?c}", "{}")]
    [InlineData("a = ${?b} ${?c}", "{}")]
    [InlineData("a = ${?b}x", """{"a":"x"}""")]
    [InlineData("a = x ${?b}", """{"a":"x "}""")]
    [InlineData("a = [1, ${?b}, 2]", """{"a":[1,2]}""")]
    [InlineData("a = ${?b} [1]", """{"a":[1]}""")]
    [InlineData("a = ${?b} { c = 1 }", """{"a":{"c":1}}""")]
    [InlineData("a = { c = ${?b} }", """{"a":{}}""")]
    public void Resolve_OptionalUndefined_Vanishes(string text, string json) => Assert.Equal(json, Doc.Json(text));

    [Theory]
    [InlineData("a = ${nothing}, a = 42", """{"a":42}""")]
    [InlineData("a = ${a}, a = 42", """{"a":42}""")]
    [InlineData("a = ${nothing}, a = [1]", """{"a":[1]}""")]
    public void Resolve_Hidden_IsNeverAskedFor(string text, string json) => Assert.Equal(json, Doc.Json(text));

    [Theory]
    [InlineData("a = ${ ?b}", "1: '?' may not stand outside quotes; put the text in double quotes")]
    [InlineData("a = ${b", "1: the file ends where the '}' of a substitution should be")]
    [InlineData("a = ${b\n}", "1: the line ends where the '}' of a substitution should be")]
    [InlineData("a = ${}", "1: '}' stands where the path of a substitution should be")]
    [InlineData("a = ${b.${c}}", "1: a path has an empty key: remove a dot, or write the empty key as \"\"")]
    [InlineData("a = ${b=c}", "1: '=' stands where the '}' of a substitution should be")]
    public void Parse_MalformedSubstitution_Fails(string text, string error) => Assert.Equal(error, Doc.Error(text));

    [Fact]
    public void Resolve_EnvironmentVariable_IsAskedLast()
    {
        var doc = new Doc { ["main.conf"] = "a = ${HOME}, b = ${?USER}, b.c = 1, EMPTY.x = 1, d = ${my.var}, e = \"in \"${HOME}" };
        doc.Environment["HOME"] = "/home/x";
        doc.Environment["USER"] = "hidden by the object";
        doc.Environment["my.var"] = "y";

        Assert.Equal("""{"a":"/home/x","b":{"c":1},"EMPTY":{"x":1},"d":"y","e":"in /home/x"}""", doc.Json());
    }

    [Fact]
    public void Resolve_EnvironmentVariableThatIsEmpty_IsAnEmptyText()
    {
        var doc = new Doc { ["main.conf"] = "a = 1, a = ${?EMPTY}" };
        doc.Environment["EMPTY"] = "";

        Assert.Equal("""{"a":""}""", doc.Json());
    }

    [Fact]
    public void Resolve_KeyOfTheSameNameAsAVariable_WinsEvenWithNull()
    {
        var doc = new Doc { ["main.conf"] = "HOME = null, a = ${HOME}" };
        doc.Environment["HOME"] = "/home/x";

        Assert.Equal("""{"HOME":null,"a":null}""", doc.Json());
    }

    [Fact]
    public void Resolve_Path_IsAbsolute() => Assert.Equal(
        """{"x":1,"o":{"x":2,"a":1,"b":2}}""",
        Doc.Json("x = 1, o { x = 2, a = ${x}, b = ${o.x} }"));
}
