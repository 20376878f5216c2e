namespace Diabetes.Nodes.Tests.Hosting.Configuration.Hocon;

public sealed class PlusEqualsTests
{
    [Theory]
    [InlineData("a += 1", """{"a":[1]}""")]
    [InlineData("a = [1], a += 2", """{"a":[1,2]}""")]
    [InlineData("a += 1, a += 2, a += 3", """{"a":[1,2,3]}""")]
    [InlineData("a = [1], a += [2, 3]", """{"a":[1,[2,3]]}""")]
    [InlineData("a += { b = 1 }", """{"a":[{"b":1}]}""")]
    [InlineData("x { a = [1], a += 2 }, x.a += 3", """{"x":{"a":[1,2,3]}}""")]
    [InlineData("b = [1], a = ${b}, a += 2, a += 3", """{"b":[1],"a":[1,2,3]}""")]
    [InlineData("b = 7, a += ${b}", """{"b":7,"a":[7]}""")]
    [InlineData("a = [{ b += 1 }]", """{"a":[{"b":[1]}]}""")]
    [InlineData("a = 5, a += 1, a = [2]", """{"a":[2]}""")]
    [InlineData("a += 1, a { b = 2 }", """{"a":{"b":2}}""")]
    public void Parse_PlusEquals_AppendsOneItem(string text, string json) => Assert.Equal(json, Doc.Json(text));

    [Theory]
    [InlineData("a = 5\na += 1")]
    [InlineData("a { b = 5 }\na += 1")]
    public void Resolve_EarlierValueThatIsNoArray_Fails(string text) =>
        Assert.StartsWith("2: simple values, arrays and objects cannot be joined", Doc.Error(text));

    [Fact]
    public void Parse_ManyItems_AreNoChain() =>
        Assert.Equal(5000, Doc.Json(string.Concat(Enumerable.Repeat("a += 1\n", 5000))).Count(c => c == '1'));

    [Fact]
    public void Parse_PlusAlone_Fails() => Assert.StartsWith("1: '+' may not stand outside quotes", Doc.Error("a + = 1"));
}
