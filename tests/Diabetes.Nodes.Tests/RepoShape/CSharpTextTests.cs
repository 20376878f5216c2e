namespace Diabetes.Nodes.Tests.RepoShape;

public sealed class CSharpTextTests
{
    [Theory]
    [InlineData("a // b\nc")]
    [InlineData("a /* b\n b */ c")]
    [InlineData("a \"b\" c")]
    [InlineData("a \"\\\"b\" c")]
    [InlineData("a @\"b\\\" c")]
    [InlineData("a @\"b\"\"b\" c")]
    [InlineData("a \"\"\"b \" b\"\"\" c")]
    [InlineData("a $\"\"\"b \"{b}\" b\"\"\" c")]
    [InlineData("a $$\"\"\"\"b \"\"\" {{b}}\"\"\"\" c")]
    [InlineData("a $\"b {x(\"b\", $\"{b}\")} b\" c")]
    [InlineData("a $\"{{b\" c")]
    [InlineData("a $@\"b\\{b}\"\"b\" c")]
    [InlineData("a '\"' c")]
    [InlineData("a '\\'' c")]
    [InlineData("a \"\" c")]
    public void Blank_CommentsAndQuotes_LeaveTheCode(string code)
    {
        var blank = CSharpText.Blank(code);

        Assert.Equal(code.Length, blank.Length);
        Assert.Equal(code.Count(c => c == '\n'), blank.Count(c => c == '\n'));
        Assert.Equal("ac", string.Concat(blank.Where(char.IsAsciiLetter)));
    }

    [Theory]
    [InlineData("a \"open")]
    [InlineData("a /* open")]
    [InlineData("a \"\"\"open")]
    [InlineData("a $\"open {")]
    [InlineData("a $")]
    public void Blank_OpenEnd_Ends(string code) => Assert.Equal(code.Length, CSharpText.Blank(code).Length);
}
