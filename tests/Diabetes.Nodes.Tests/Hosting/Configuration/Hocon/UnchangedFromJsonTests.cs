using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace Diabetes.Nodes.Tests.Hosting.Configuration.Hocon;

public sealed class UnchangedFromJsonTests
{
    private const string Letters = "ab.\" \\/\n\t\u0001{}[],:=+#$?!@*&`^-0é\u2028\uFEFF\U0001F600";

    [Theory]
    [InlineData("""{"a":{"b":[1,-2.5e+3,true,false,null,"x"]},"":{}}""")]
    [InlineData("""[]""")]
    [InlineData("""[[],{},[{"a":[]}]]""")]
    [InlineData("""{"a.b":{"c d":"\"\\/\b\f\n\r\t\u00e9"}}""")]
    [InlineData("""{"include":1,"true":2,"3":4}""")]
    public void Parse_Json_KeepsTheTree(string json) => Assert.True(SameTree(JsonNode.Parse(json)));

    [Fact]
    public void Parse_AnyJson_KeepsTheTree() =>
        Prop.ForAll(Documents().ToArbitrary(), json => SameTree(json) && SameTree(json, indented: true)).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("1")]
    [InlineData("0.5")]
    [InlineData("-0")]
    [InlineData("1E5")]
    [InlineData("10.25e-3")]
    public void Parse_Number_KeepsItsCharacters(string number) => Assert.Equal($$"""{"a":{{number}}}""", Doc.Json($"a = {number}"));

    [Theory]
    [InlineData("007")]
    [InlineData("1.")]
    [InlineData(".5")]
    [InlineData("-")]
    [InlineData("1e")]
    [InlineData("NaN")]
    public void Parse_NoJsonNumber_IsAString(string text) => Assert.Equal($$"""{"a":"{{text}}"}""", Doc.Json($"a = {text}"));

    [Theory]
    [InlineData("\"a\\x\"")]
    [InlineData("\"a\\u12\"")]
    [InlineData("\"a\\u12g4\"")]
    [InlineData("\"a\\")]
    public void Parse_WrongEscape_Fails(string text) =>
        Assert.StartsWith("2: a backslash in a string is followed by one of", Doc.Error("\na = " + text));

    [Theory]
    [InlineData("\"abc")]
    [InlineData("\"abc\n\"")]
    [InlineData("\"abc\t\"")]
    public void Parse_OpenQuote_Fails(string text) =>
        Assert.Equal(
            "1: a string in double quotes does not end on its line; close it, or use three quotes for several lines",
            Doc.Error("a = " + text));

    private static bool SameTree(JsonNode? json, bool indented = false)
    {
        var text = json!.ToJsonString(new JsonSerializerOptions
        {
            WriteIndented = indented,
            Encoder = indented ? JavaScriptEncoder.Default : JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        });
        return JsonNode.DeepEquals(json, JsonNode.Parse(Doc.Json(text)));
    }

    private static Gen<JsonNode?> Documents() => Gen.Sized(size => Gen.OneOf(Objects(size), Arrays(size)));

    private static Gen<JsonNode?> Values(int size) => size <= 0
        ? Simple()
        : Gen.Frequency((3, Simple()), (1, Objects(size)), (1, Arrays(size)));

    internal static Gen<JsonNode?> Objects(int size) =>
        from fields in Gen.ListOf(Texts().SelectMany(_ => Values(size / 4), (key, value) => (key, value)), size % 5)
        select (JsonNode?)new JsonObject(
            fields.DistinctBy(field => field.key).Select(field => new KeyValuePair<string, JsonNode?>(field.key, field.value)));

    private static Gen<JsonNode?> Arrays(int size) =>
        from items in Gen.ListOf(Values(size / 4), size % 5)
        select (JsonNode?)new JsonArray([.. items]);

    private static Gen<JsonNode?> Simple() => Gen.OneOf(
        Texts().Select(text => (JsonNode?)JsonValue.Create(text)),
        Gen.Choose(-1_000_000, 1_000_000).Select(number => (JsonNode?)JsonValue.Create(number)),
        Gen.Choose(int.MinValue, int.MaxValue).Select(number => (JsonNode?)JsonValue.Create(number * 1e-15)),
        Gen.Elements<JsonNode?>(null, JsonValue.Create(true), JsonValue.Create(false)).Select(node => node?.DeepClone()));

    private static Gen<string> Texts() => Gen.Elements(Letters.EnumerateRunes().ToArray()).ArrayOf()
        .Select(runes => string.Concat(runes.Take(8)));
}
