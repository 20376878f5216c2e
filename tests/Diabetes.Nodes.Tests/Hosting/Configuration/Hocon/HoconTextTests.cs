using System.Text.Json.Nodes;
using Akka.Configuration;
using Akka.Configuration.Hocon;
using Diabetes.Hosting.Configuration.Hocon;
using FsCheck;
using FsCheck.Fluent;
using HoconObject = Diabetes.Hosting.Configuration.Hocon.HoconObject;

namespace Diabetes.Nodes.Tests.Hosting.Configuration.Hocon;

/// <summary>What we write, Akka reads as we read it.</summary>
public sealed class HoconTextTests
{
    [Theory]
    [InlineData("""{"a": {"b.c": "x \"y\" z"}}""")]
    [InlineData("""{"a": "two\nlines\r\t", "b": "${c} #d //e", "": "é\u2028 \u0001\\"}""")]
    [InlineData("""{"a": "", "b": "\"\"\"", "c": {}, "d": [], "e": null}""")]
    [InlineData("""{"a": [1, [2, []], {"b": [{}, "c"]}, null]}""")]
    [InlineData("""{"include": "file", "0": {"1": "numbers"}, "a\"b": 1.50, "{": true}""")]
    public void Of_Tree_IsTheSameToAkka(string json) => AssertSame(JsonNode.Parse(json)!);

    [Fact]
    public void Of_AnyTree_IsTheSameToAkka() =>
        Prop.ForAll(Gen.Sized(UnchangedFromJsonTests.Objects).ToArbitrary(), json => AssertSame(json!)).QuickCheckThrowOnFailure();

    [Fact]
    public void Of_Tree_IsTheSameToOurselves() => Assert.Equal(
        """{"a":{"b":"1","c":["x\"","true"]},"d":null}""",
        Doc.Json(HoconText.Of(Doc.Read("a { b = 1, c = [\"x\\\"\", true] }, d = null"))));

    private static void AssertSame(JsonNode json)
    {
        var ours = Doc.Read(json.ToJsonString());

        AssertSame(ours, ConfigurationFactory.ParseString(HoconText.Of(ours)).Root);
    }

    private static void AssertSame(HoconNode ours, HoconValue? akkas)
    {
        switch (ours)
        {
            case HoconObject section:
                var items = akkas is null || akkas.IsEmpty ? [] : akkas.GetObject().Items;
                Assert.Equal(section.Fields.Keys, items.Keys);
                Assert.All(section.Fields.Keys, key => AssertSame(section[key]!, items[key]));
                break;
            case Diabetes.Hosting.Configuration.Hocon.HoconArray array:
                var values = akkas!.GetArray();
                Assert.Equal(array.Items.Count, values.Count);
                Assert.All(array.Items.Zip(values), pair => AssertSame(pair.First, pair.Second));
                break;
            case Diabetes.Hosting.Configuration.Hocon.HoconLiteral literal:
                // Akka cuts white space off the ends of a value, also where it stands between quotes.
                Assert.Equal(literal.Kind == HoconLiteralKind.Null ? null : literal.Text.Trim(), akkas!.GetString()?.Trim());
                break;
        }
    }
}
