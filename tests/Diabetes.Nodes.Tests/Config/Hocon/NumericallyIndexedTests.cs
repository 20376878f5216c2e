using Diabetes.Hosting.Hocon;
using Microsoft.Extensions.Configuration;

namespace Diabetes.Nodes.Tests.Config.Hocon;

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
    public void Resolve_WithoutNumbers_IsNone(string text) => Assert.StartsWith("1: simple values, arrays and objects cannot be joined", Doc.Error(text));

    [Fact]
    public void Resolve_Alone_StaysAnObject() => Assert.Equal("""{"o":{"0":"a"}}""", Doc.Json("o.0 = a"));

    [Fact]
    public void Configuration_ArrayAndNumberedObject_AreTheSame()
    {
        string[] expected = ["x", "y"];
        Assert.Equal(expected, Items("a = [x, y]"));
        Assert.Equal(expected, Items("a.0 = x, a.1 = y"));
    }

    private static string?[] Items(string text)
    {
        var document = (HoconObject)HoconParser.Parse(text, "here", new HoconIncluder(null, new Doc()), HoconScope.Document);
        var configuration = new ConfigurationBuilder().Add(new HoconConfigurationSource([document], _ => null)).Build();
        return configuration.GetSection("a").Get<string[]>()!;
    }
}
