namespace Diabetes.Nodes.Tests.Hosting.Configuration.Hocon;

public sealed class NumericallyIndexedTests
{
    [Theory]
    [InlineData("o { 0 = a, 1 = b }, x = ${o} [c]", """["a","b","c"]""")]
    [InlineData("o { 0 = a, 1 = b }, x = [c] ${o}", """["c","a","b"]""")]
    [InlineData("o { 2 = c, 0 = a }, x = [] ${o}", """["a","c"]""")]
    [InlineData("o { 10 = k, 9 = j }, x = [] ${o}", """["j","k"]""")]
    [InlineData("o { 0 = a, name = b, -1 = d }, x = [] ${o}", """["a"]""")]
    [InlineData("o.0 = a, o.1 = b, x = ${o}, x += c", """["a","b","c"]""")]
    public void Resolve_WhereAnArrayIsNeeded_IsOne(string text, string json) => Assert.EndsWith($"\"x\":{json}}}", Doc.Json(text));

    [Theory]
    [InlineData("o {}, x = [] ${o}")]
    [InlineData("o { a = 1 }, x = [] ${o}")]
    public void Resolve_WithoutNumbers_IsNone(string text) =>
        Assert.StartsWith("1: simple values, arrays and objects cannot be joined", Doc.Error(text));

    [Fact]
    public void Resolve_Alone_StaysAnObject() => Assert.Equal("""{"o":{"0":"a"}}""", Doc.Json("o.0 = a"));
}
