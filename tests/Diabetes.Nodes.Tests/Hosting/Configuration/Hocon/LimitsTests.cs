using Diabetes.Hosting.Configuration.Hocon;

namespace Diabetes.Nodes.Tests.Hosting.Configuration.Hocon;

public sealed class LimitsTests
{
    [Fact]
    public void Parse_HundredDeep_IsRead() =>
        Assert.IsType<HoconObject>(new Doc { ["main.conf"] = Nested("a {", "}", 100) }.Resolved());

    [Theory]
    [InlineData("a {", "}")]
    [InlineData("a { b = 1, c {", "}}")]
    public void Parse_Deeper_Fails(string open, string close) =>
        Assert.Equal("1: objects and arrays are nested more than 100 deep", Doc.Error(Nested(open, close, 101)));

    [Fact]
    public void Parse_DeepArray_Fails() =>
        Assert.Equal("1: objects and arrays are nested more than 100 deep", Doc.Error("a = " + Nested("[", "]", 100_000)));

    [Fact]
    public void Parse_LongPath_Fails()
    {
        var path = string.Join('.', Enumerable.Repeat("a", 500));
        Assert.Equal("1: objects and arrays are nested more than 100 deep", Doc.Error($"{path} = 1"));
    }

    [Fact]
    public void Parse_EndlessIncludes_Fail()
    {
        var doc = new Doc { ["main.conf"] = "include \"1.conf\"" };
        for (var i = 1; i < 30; i++)
        {
            doc[$"{i}.conf"] = $"include \"{i + 1}.conf\"";
        }

        Assert.EndsWith("files include each other more than 20 deep", doc.Error());
    }

    [Fact]
    public void Resolve_TextsThatDoubleEachOther_Fail() =>
        Assert.EndsWith("unfold to more than 4194304 characters, items and fields", Doc.Error(Doubling("${a*}${a*}", "x")));

    [Fact]
    public void Resolve_ArraysThatDoubleEachOther_Fail() =>
        Assert.EndsWith("unfold to more than 100000 values", Doc.Error(Doubling("${a*} ${a*}", "[x]")));

    [Fact]
    public void Resolve_ArraysThatDoubleUnseen_Fail() => Assert.EndsWith(
        "unfold to more than 4194304 characters, items and fields",
        Doc.Error($"z = ${{a40}} []\n{Doubling("${a*} ${a*}", "[x]")}"));

    [Fact]
    public void Resolve_ObjectsThatDoubleEachOther_Fail() =>
        Assert.EndsWith("unfold to more than 100000 values", Doc.Error(Doubling("{ l = ${a*}, r = ${a*} }", "{ x = 1 }")));

    [Fact]
    public void Resolve_LongChain_Fails() =>
        Assert.EndsWith("more than 200 values lead to one another by substitution", Doc.Error(Chain(1000) + "a1000 = x"));

    [Fact]
    public void Resolve_ManyLayers_Fail() =>
        Assert.EndsWith(
            "more than 200 values lead to one another by substitution", Doc.Error(string.Concat(Enumerable.Repeat("a = ${?b}\n", 50_000))));

    [Fact]
    public void Resolve_ChainWithinTheLimit_IsFollowed() => Assert.EndsWith("\"a150\":\"x\"}", Doc.Json(Chain(150) + "a150 = x"));

    private static string Nested(string open, string close, int times) =>
        string.Concat(Enumerable.Repeat(open, times)) + string.Concat(Enumerable.Repeat(close, times));

    private static string Doubling(string twice, string first) =>
        $"a0 = {first}\n" + string.Concat(Enumerable.Range(1, 40).Select(i => $"a{i} = {twice.Replace("*", (i - 1).ToString())}\n"));

    private static string Chain(int length) => string.Concat(Enumerable.Range(0, length).Select(i => $"a{i} = ${{a{i + 1}}}\n"));
}
