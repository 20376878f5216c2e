namespace Diabetes.Nodes.Tests.Hosting.Configuration.Hocon;

public sealed class SelfReferentialTests
{
    [Theory]
    [InlineData("path = \"a:b\", path = ${path}\":c\"", """{"path":"a:b:c"}""")]
    [InlineData("path = [1], path = ${path} [2], path = ${path} [3]", """{"path":[1,2,3]}""")]
    [InlineData("a = 1, a = ${a}", """{"a":1}""")]
    [InlineData("foo { a = 1 }, foo = ${foo}", """{"foo":{"a":1}}""")]
    [InlineData("a = 1, a = ${a}2, a = ${a}3", """{"a":"123"}""")]
    [InlineData("a = 1, b { c = 2, c = ${b.c}3 }", """{"a":1,"b":{"c":"23"}}""")]
    [InlineData("a = ${a}1, a = 5, a = ${a}6", """{"a":"56"}""")]
    public void Resolve_OwnField_LooksBack(string text, string json) => Assert.Equal(json, Doc.Json(text));

    [Theory]
    [InlineData("a = ${?a}foo", """{"a":"foo"}""")]
    [InlineData("a = ${?a}", "{}")]
    [InlineData("a = ${?a} [1]", """{"a":[1]}""")]
    [InlineData("a = ${?b}, b = ${?a}", "{}")]
    [InlineData("a = ${?b}1, b = ${?a}2", """{"a":"21","b":"2"}""")]
    public void Resolve_OptionalOwnField_IsUndefined(string text, string json) => Assert.Equal(json, Doc.Json(text));

    [Fact]
    public void Resolve_OwnFieldWithoutEarlierValue_AsksTheEnvironment()
    {
        var doc = new Doc { ["main.conf"] = "PATH = ${PATH}\":/x\"" };
        doc.Environment["PATH"] = "/bin";

        Assert.Equal("""{"PATH":"/bin:/x"}""", doc.Json());
    }

    [Theory]
    [InlineData("a = ${a}", "1: ${a} leads back to itself (a) and there is no earlier value")]
    [InlineData("a = ${a}bc", "1: ${a} leads back to itself (a) and there is no earlier value")]
    [InlineData("foo = ${foo}, foo { a = 1 }", "1: ${foo} leads back to itself (foo) and there is no earlier value")]
    [InlineData("bar = ${foo}\nfoo = ${bar}", "2: ${bar} leads back to itself (foo -> bar) and there is no earlier value")]
    [InlineData("a = ${b}\nb = ${c}\nc = ${a}", "3: ${a} leads back to itself (b -> c -> a) and there is no earlier value")]
    public void Resolve_Circle_Fails(string text, string error) => Assert.Equal(error, Doc.Error(text));

    [Theory]
    [InlineData("a { b = ${a} }")]
    [InlineData("a { b = ${a} { c = 1 } }")]
    [InlineData("a { b = ${a} { b {} } }")]
    [InlineData("a = [${a}]")]
    [InlineData("a = [1], b = [${c}], c = ${b}")]
    public void Resolve_ValueInsideItself_Fails(string text) =>
        Assert.StartsWith("1: the value contains itself through a substitution", Doc.Error(text));

    [Fact]
    public void Resolve_PathIntoOwnField_LooksBelow() => Assert.Equal(
        """{"foo":{"a":2,"c":1}}""",
        Doc.Json("foo : { a : { c : 1 } }\nfoo : ${foo.a}\nfoo : { a : 2 }"));

    [Theory]
    [InlineData("bar : { foo : 42, baz : ${bar.foo} }", """{"bar":{"foo":42,"baz":42}}""")]
    [InlineData("bar : { foo : 42, baz : ${bar.foo} }\nbar : { foo : 43 }", """{"bar":{"foo":43,"baz":43}}""")]
    [InlineData(
        "bar : { a : ${foo.d}, b : 1 }\nbar.b = 3\nfoo : { c : ${bar.b}, d : 2 }\nfoo.d = 4",
        """{"bar":{"a":4,"b":3},"foo":{"c":3,"d":4}}""")]
    [InlineData("x { z = ${bar.foo} }\nbar = ${x} { foo = 42 }", """{"x":{"z":42},"bar":{"z":42,"foo":42}}""")]
    public void Resolve_InsideObjects_LooksForward(string text, string json) => Assert.Equal(json, Doc.Json(text));

    [Fact]
    public void Resolve_TwoThatCross_AreTheSame() => Assert.Equal("""{"a":1,"b":1}""", Doc.Json("a = 1\nb = 2\na = ${b}\nb = ${a}"));

    [Fact]
    public void Resolve_FieldOfAnInheritedObject_KeepsItsOwnPast() => Assert.Equal(
        """{"a":{"p":"12"},"b":{"p":"123"},"c":{"p":"12"}}""",
        Doc.Json("a { p = 1 }\na.p = ${a.p}2\nb = ${a} { p = ${b.p}3 }\nc = { p = 0 } ${a}"));

    [Fact]
    public void Resolve_FieldOfTheObjectBelow_LooksBack() => Assert.Equal(
        """{"foo":{"p":"12"}}""",
        Doc.Json("foo { p = 1 }\nfoo = ${foo} { p = ${foo.p}2 }"));
}
