namespace Diabetes.Nodes.Tests.Hosting.Configuration.Hocon;

public sealed class IncludesTests
{
    private const string Malformed =
        "an include is written include \"name\", include file(\"name\") or include required(file(\"name\")); "
        + "put a key of that name in quotes";

    [Theory]
    [InlineData("include \"other.conf\"")]
    [InlineData("include file(\"other.conf\")")]
    [InlineData("include required(\"other.conf\")")]
    [InlineData("include required(file(\"other.conf\"))")]
    [InlineData("include\n\n required( file( \"other.conf\" ) )")]
    [InlineData("{ include \"other.conf\" }")]
    [InlineData("include \"other\"")]
    public void Parse_Include_TakesTheFieldsOver(string text) =>
        Assert.Equal("""{"x":1}""", new Doc { ["main.conf"] = text, ["other.conf"] = "x = 1" }.Json());

    [Fact]
    public void Parse_IncludeAmongFields_OverridesAndIsOverridden() => Assert.Equal(
        """{"a":2,"o":{"x":1,"y":2},"b":4}""",
        new Doc
        {
            ["main.conf"] = "a = 1, o { x = 1 }\ninclude \"other.conf\", b = 4",
            ["other.conf"] = "a = 2, b = 3, o { y = 2 }",
        }.Json());

    [Fact]
    public void Parse_IncludeInObject_StaysInIt() => Assert.Equal(
        """{"o":{"x":1}}""",
        new Doc { ["main.conf"] = "o { include \"other.conf\" }", ["other.conf"] = "x = 1" }.Json());

    [Fact]
    public void Parse_RelativeName_StartsAtTheIncludingFile() => Assert.Equal(
        """{"x":1,"y":2}""",
        new Doc
        {
            ["main.conf"] = "include \"sub/a.conf\"",
            [Path.Combine("sub", "a.conf")] = "x = 1, include \"b.conf\"",
            [Path.Combine("sub", "b.conf")] = "y = 2",
        }.Json());

    [Fact]
    public void Parse_NameWithoutExtension_ReadsJsonAndThenHocon() => Assert.Equal(
        """{"x":2,"j":1,"h":1}""",
        new Doc { ["main.conf"] = "include \"other\"", ["other.json"] = """{"x":1,"j":1}""", ["other.conf"] = "x = 2, h = 1" }.Json());

    [Theory]
    [InlineData("include \"nothing.conf\", a = 1")]
    [InlineData("include file(\"nothing.conf\"), a = 1")]
    public void Parse_MissingFile_IsNothing(string text) => Assert.Equal("""{"a":1}""", Doc.Json(text));

    [Fact]
    public void Parse_MissingRequiredFile_Fails() => Assert.Equal(
        $"2: the required file \"nothing.conf\" does not exist; looked for {Doc.At("nothing.conf")}",
        Doc.Error("\ninclude required(file(\"nothing.conf\"))"));

    [Fact]
    public void Parse_IncludedArray_Fails() => Assert.Equal(
        $"{Doc.At("other.conf")}:1: an included file must hold an object, not an array",
        new Doc { ["main.conf"] = "include \"other.conf\"", ["other.conf"] = "[1]" }.Error());

    [Fact]
    public void Parse_ErrorInIncludedFile_NamesThatFile() => Assert.StartsWith(
        $"{Doc.At("other.conf")}:2: ",
        new Doc { ["main.conf"] = "include \"other.conf\"", ["other.conf"] = "\n= 1" }.Error());

    [Theory]
    [InlineData("include = 1")]
    [InlineData("include { a = 1 }")]
    [InlineData("include other.conf")]
    [InlineData("include required(\"other.conf\"")]
    [InlineData("include file(\"other.conf\"))")]
    [InlineData("include required(optional(\"other.conf\"))")]
    [InlineData("include ${a}")]
    public void Parse_MalformedInclude_Fails(string text) => Assert.EndsWith(Malformed, Doc.Error(text));

    [Theory]
    [InlineData("include url(\"http://localhost/a.conf\")", "1: an include reads files only, not url(..)")]
    [InlineData("include classpath(\"a.conf\")", "1: an include reads files only, not classpath(..)")]
    [InlineData("include required(url(\"http://localhost/a.conf\"))", "1: an include reads files only, not url(..)")]
    [InlineData(
        "include \"http://localhost/a.conf\"",
        "1: an include reads files only, not \"http://localhost/a.conf\": save it as a file and include that")]
    public void Parse_IncludeOfSomethingElse_Fails(string text, string error) => Assert.Equal(error, Doc.Error(text));

    [Theory]
    [InlineData("foo include = 1", """{"foo include":1}""")]
    [InlineData("\"include\" = 1", """{"include":1}""")]
    [InlineData("a = include", """{"a":"include"}""")]
    [InlineData("a = [include]", """{"a":["include"]}""")]
    [InlineData("included = 1", """{"included":1}""")]
    public void Parse_WordIncludeElsewhere_IsText(string text, string json) => Assert.Equal(json, Doc.Json(text));

    [Fact]
    public void Parse_IncludeBehindField_NeedsAComma() =>
        Assert.Equal("1: 'b' stands where a comma or a new line should be", Doc.Error("include \"other.conf\" b = 1"));

    [Fact]
    public void Resolve_SubstitutionInIncludedFile_IsLookedUpThereFirst() => Assert.Equal(
        """{"x":1,"root":5,"a":{"x":10,"y":10,"z":5}}""",
        new Doc
        {
            ["main.conf"] = "x = 1, root = 5, a { include \"other.conf\" }",
            ["other.conf"] = "x = 10, y = ${x}, z = ${root}",
        }.Json());

    [Fact]
    public void Resolve_SubstitutionInIncludedFile_SeesLaterAssignments() => Assert.Equal(
        """{"a":{"x":42,"y":42}}""",
        new Doc { ["main.conf"] = "a { include \"other.conf\" }, a { x = 42 }", ["other.conf"] = "x = 10, y = ${x}" }.Json());

    [Fact]
    public void Resolve_SubstitutionTwoIncludesDeep_TriesEveryFile() => Assert.Equal(
        """{"w":1,"a":{"m":2,"b":{"i":3,"all":"321"}}}""",
        new Doc
        {
            ["main.conf"] = "w = 1, a { include \"middle.conf\" }",
            ["middle.conf"] = "m = 2, b { include \"inner.conf\" }",
            ["inner.conf"] = "i = 3, all = ${i}${m}${w}",
        }.Json());

    [Fact]
    public void Resolve_SelfReferenceInIncludedFile_LooksBack() => Assert.Equal(
        """{"a":{"x":"12","l":[1,2]}}""",
        new Doc { ["main.conf"] = "a { x = 1, l = [1], include \"other.conf\" }", ["other.conf"] = "x = ${x}2, l += 2" }.Json());

    [Fact]
    public void Parse_Circle_Fails() => Assert.Equal(
        $"{Doc.At("other.conf")}:1: files include each other in a circle: {Doc.Main} -> {Doc.At("other.conf")} -> {Doc.Main}",
        new Doc { ["main.conf"] = "include \"other.conf\"", ["other.conf"] = "include \"main.conf\"" }.Error());
}
