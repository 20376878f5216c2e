using System.Globalization;
using Diabetes.Nodes.Tests.Support.Brokers;
using Xunit.Abstractions;

namespace Diabetes.Nodes.Tests.EndToEnd.Malformed;

/// <summary>What Python services of this kind really send, from the queues to the ledger.</summary>
[Collection(BrokerCollection.Name)]
public sealed class DialectTests(RunningNodes nodes, ITestOutputHelper output) : IClassFixture<RunningNodes>, IDisposable
{
    /// <summary>Name; two ids as their JSON tokens; features, truth and prediction, with ID, LIST and NAMED for what goes there.</summary>
    public static TheoryData<string, string[], string, string, string> Dialects => new()
    {
        {
            "A", ["1730027639.447099", "1730027639.447100"],
            """{"id": ID, "body": LIST}""", """{"id": ID, "body": 151.0}""", """{"id": ID, "body": 150.5}"""
        },
        {
            "A-int", ["1730027640.25", "1730027641.25"],
            """{"id": ID, "body": LIST}""", """{"id": ID, "body": 151}""", """{"id": ID, "body": 150}"""
        },
        {
            "A-str", ["\"1730027642.5\"", "\"1730027643.5\""],
            """{"id": ID, "body": LIST}""", """{"id": ID, "body": 151.0}""", """{"id": ID, "body": 150.5}"""
        },
        {
            "A-sec", ["1730027644", "1730027645"],
            """{"id": ID, "body": LIST}""", """{"id": ID, "body": 151.0}""", """{"id": ID, "body": 150.5}"""
        },
        {
            "A-durable", ["1730027646.5", "1730027647.5"],
            """{"id": ID, "body": NAMED}""", """{"id": ID, "body": 151.0}""", """{"id": ID, "body": 150.5}"""
        },
        {
            "B", ["1730027648.5", "1730027649.5"],
            """{"id": ID, "body": LIST}""", """{"id": ID, "body": 151.0}""", """{"id": ID, "y_pred": 150.5}"""
        },
        {
            "B2", ["1730027650.5", "1730027651.5"],
            """{"id": ID, "body": LIST}""", """{"id": ID, "body": 151.0}""", """{"id": ID, "prediction": 150.5}"""
        },
        {
            "C", ["1730027652.5", "1730027653.5"],
            """{"id": ID, "features": LIST}""", """{"id": ID, "y_true": 151.0}""", """{"id": ID, "y_pred": 150.5}"""
        },
        {
            "D", ["1730027654.5", "1730027655.5"],
            """{"id": ID, "X": LIST}""", """{"id": ID, "y": 151.0}""", """{"id": ID, "X": LIST, "y_pred": 150.5}"""
        },
        {
            "E", ["1730027656.5", "1730027657.5"],
            """{"id": ID, "features": LIST}""", """{"id": ID, "value": 151.0}""", """{"id": ID, "value": 150.5}"""
        },
        {
            "F", ["1730027658.5", "1730027659.5"],
            """{"ts": ID, "features": LIST}""", """{"ts": ID, "y_true": 151.0}""", """{"ts": ID, "y_pred": 150.5}"""
        },
        {
            "message_id", ["1730027660.5", "1730027661.5"],
            """{"message_id": ID, "body": LIST}""", """{"message_id": ID, "body": 151.0}""", """{"message_id": ID, "body": 150.5}"""
        },
        {
            "G", ["\"4d3c39fb-0f3e-4b6e-9d0a-3f6c2b1f7a10\"", "\"4d3c39fb-0f3e-4b6e-9d0a-3f6c2b1f7a11\""],
            "[LIST, ID]", "[151.0, ID]", "[150.5, ID]"
        },
        {
            "H", ["\"c7f9a1f2-9a55-11ef-8f27-0242ac120002\"", "\"c7f9a1f2-9a55-11ef-8f27-0242ac120003\""],
            "{ID: LIST}", "{ID: 151.0}", "{ID: 150.5}"
        },
    };

    private static readonly string Named = string.Join(
        ", ",
        "s6 s5 s4 s3 s2 s1 bp bmi sex age".Split(' ')
            .Zip(RunningNodes.Row0.Split(", ").Reverse(), (name, value) => $"\"{name}\": {value}"));

    public void Dispose() => nodes.Report(output);

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task Dialect_FromTheQueues_IsJoined(string name, string[] ids, string features, string truth, string prediction)
    {
        string[] texts = [.. ids.Select(id => id.Trim('"'))];

        await nodes.Pika.SendAsync(
        [
            ("y_pred", Fill(prediction, ids[0])),
            ("y_true", Fill(truth, ids[0])),
            ("features", Fill(features, ids[1])),
            ("y_true", Fill(truth, ids[1])),
        ]);

        // Python prints 1730027639.447100 as it prints every float: without the last zero.
        texts[1] = texts[1].Replace(".447100", ".4471", StringComparison.Ordinal);
        await nodes.Stage.Ledger.UntilIdsAsync(texts);
        Assert.Equal($"{texts[0]},151.0,{(name == "A-int" ? "150.0,1.0" : "150.5,0.5")}", nodes.Stage.Ledger.RowOf(texts[0]));
        var cells = nodes.Stage.Ledger.RowOf(texts[1]).Split(',');
        Assert.Equal("151.0", cells[1]);
        Assert.Equal(206.11667725, double.Parse(cells[2], CultureInfo.InvariantCulture), 1e-6);
        Assert.Empty(nodes.Stage.Quarantine.Lines);
    }

    /// <summary>Two spellings of one float are one id; a string never is.</summary>
    [Fact]
    public async Task Ids_SpelledDifferently_JoinWhereAPythonDictWould()
    {
        await nodes.Pika.SendAsync(
        [
            ("y_true", """{"id": 1730027700.4470990, "body": 151.0}"""),
            ("y_pred", """{"id": "1730027700.447099", "body": 1.0}"""),
            ("y_pred", """{"id": 1730027700.447099, "body": 150.5}"""),
            ("y_true", """{"id": 1730027701, "body": 151.0}"""),
            ("y_pred", """{"id": 1730027701.0, "body": 150.5}"""),
        ]);

        // The row is spelled as the ground truth spells it.
        await nodes.Stage.Ledger.UntilIdsAsync("1730027700.447099", "1730027701");
        Assert.Equal("1730027700.447099,151.0,150.5,0.5", nodes.Stage.Ledger.RowOf("1730027700.447099"));
        Assert.Equal("1730027701,151.0,150.5,0.5", nodes.Stage.Ledger.RowOf("1730027701"));
    }

    private static string Fill(string template, string id) => template
        .Replace("ID", id, StringComparison.Ordinal)
        .Replace("LIST", $"[{RunningNodes.Row0}]", StringComparison.Ordinal)
        .Replace("NAMED", $"{{{Named}}}", StringComparison.Ordinal);
}
