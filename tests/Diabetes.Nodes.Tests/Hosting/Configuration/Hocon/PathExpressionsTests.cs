using Diabetes.Hosting.Configuration.Hocon;

namespace Diabetes.Nodes.Tests.Hosting.Configuration.Hocon;

public sealed class PathExpressionsTests
{
    [Theory]
    [InlineData("foo", "foo")]
    [InlineData("foo.bar", "foo|bar")]
    [InlineData("foo.bar.\"hello.world\"", "foo|bar|hello.world")]
    [InlineData("10.0foo", "10|0foo")]
    [InlineData("foo10.0", "foo10|0")]
    [InlineData("foo\"10.0\"", "foo10.0")]
    [InlineData("1.2.3", "1|2|3")]
    [InlineData("a.\"\".b", "a||b")]
    [InlineData("a b.c d", "a b|c d")]
    [InlineData("  a . b  ", "a | b")]
    [InlineData("true", "true")]
    [InlineData("a.\"b.c\"d", "a|b.cd")]
    public void Read_Path_PartsAtDotsOutsideQuotes(string text, string keys) =>
        Assert.Equal(keys.Split('|'), HoconPathReader.Read(text, "here").Keys);

    [Theory]
    [InlineData("a..b")]
    [InlineData(".a")]
    [InlineData("a.")]
    [InlineData(".")]
    public void Read_EmptyKey_Fails(string text) => Assert.Equal(
        "here:1: a path has an empty key: remove a dot, or write the empty key as \"\"",
        Assert.Throws<HoconException>(() => HoconPathReader.Read(text, "here")).Message);

    [Theory]
    [InlineData("")]
    [InlineData("${a}")]
    [InlineData("a.${b}")]
    [InlineData("a=b")]
    public void Read_NoPath_Fails(string text) => Assert.Throws<HoconException>(() => HoconPathReader.Read(text, "here"));

    [Theory]
    [InlineData("a.b-c.d_e", "a.b-c.d_e")]
    [InlineData("a.\"b.c\".\"\".\"d e\"", "a.\"b.c\".\"\".\"d e\"")]
    public void ToString_Path_IsAsItWouldBeWritten(string text, string written) =>
        Assert.Equal(written, HoconPathReader.Read(text, "here").ToString());
}
