using System.Globalization;
using System.Text;
using Diabetes.Nodes.Tests.Support;
using Diabetes.Nodes.Tests.Support.Brokers;
using Diabetes.Nodes.Tests.Support.Logs;
using Xunit.Abstractions;

namespace Diabetes.Nodes.Tests.EndToEnd.Malformed;

/// <summary>What cannot be used is kept with its reason, and nothing else notices.</summary>
[Collection(BrokerCollection.Name)]
public sealed class MalformedTests(RunningNodes nodes, ITestOutputHelper output) : IClassFixture<RunningNodes>, IDisposable
{
    public static TheoryData<string, string> Messages
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var (queue, message) in MalformedMessage.All)
            {
                data.Add(queue, message.Name);
            }

            return data;
        }
    }

    private Stage Stage => nodes.Stage;

    public void Dispose() => nodes.Report(output);

    [Theory]
    [MemberData(nameof(Messages))]
    public async Task Message_Malformed_IsQuarantinedAndThoseRoundItAreJoined(string queue, string name)
    {
        var bad = MalformedMessage.Find(queue, name);
        var (before, after) = ($"before {queue} {name}", $"after {queue} {name}");
        var entries = Stage.Quarantine.Lines.Count;

        await nodes.Pika.SendAsync([.. RunningNodes.Good(before), (queue, bad.Body), .. RunningNodes.Good(after)]);

        await Stage.Quarantine.UntilEntriesAsync(entries + 1);
        await Stage.Ledger.UntilIdsAsync(before, after);
        AssertEntry(queue, bad.Reason, bad, Stage.Quarantine.Lines[^1]);
        Assert.Equal(entries + 1, Stage.Quarantine.Lines.Count);
        Assert.All([before, after], AssertRow);
    }

    [Theory]
    [InlineData("y_true")]
    [InlineData("y_pred")]
    public async Task Message_SecondValueOfAnId_IsQuarantinedAndTheFirstOneStands(string queue)
    {
        var other = queue == "y_true" ? "y_pred" : "y_true";
        var (waiting, joined) = ($"conflict while waiting {queue}", $"conflict when joined {queue}");
        var entries = Stage.Quarantine.Lines.Count;

        // The two queues are read apart from each other, so what must come first is waited for.
        await nodes.Pika.SendAsync([PairHalf(queue, waiting, "1.5"), PairHalf(queue, waiting, "2.5")]);
        await Stage.Quarantine.UntilEntriesAsync(entries + 1);
        await nodes.Pika.SendAsync([PairHalf(other, waiting, "1.0")]);
        await Stage.Ledger.UntilIdsAsync(waiting);
        await nodes.Pika.SendAsync([PairHalf(queue, joined, "1.5"), PairHalf(other, joined, "1.0")]);
        await Stage.Ledger.UntilIdsAsync(joined);
        await nodes.Pika.SendAsync([PairHalf(queue, joined, "2.5"), PairHalf(queue, joined, "1.5")]);
        await Stage.Quarantine.UntilEntriesAsync(entries + 2);

        Assert.Equal(
            [PairHalf(queue, waiting, "2.5"), PairHalf(queue, joined, "2.5")],
            Stage.Quarantine.Lines.Skip(entries).Select(line => (line.Queue, Encoding.UTF8.GetString(line.Body))));
        Assert.All(Stage.Quarantine.Lines.Skip(entries), line => Assert.Equal("ConflictingValue", line.Reason));
        Assert.All(
            [waiting, joined],
            id => Assert.Equal(queue == "y_true" ? $"{id},1.5,1.0,0.5" : $"{id},1.0,1.5,0.5", Stage.Ledger.RowOf(id)));

        static (string Queue, string Body) PairHalf(string queue, string id, string value) =>
            (queue, $$"""{"id":"{{id}}","body":{{value}}}""");
    }

    private static void AssertEntry(string queue, string reason, MalformedMessage sent, QuarantineLine entry)
    {
        Assert.Equal((queue, reason, sent.Body.Length), (entry.Queue, entry.Reason, entry.Size));
        Assert.Equal(sent.KeptBody, entry.Body);
        Assert.NotEqual("", entry.Detail);
    }

    private void AssertRow(string id)
    {
        var cells = Stage.Ledger.RowOf(id).Split(',');
        Assert.Equal("151.0", cells[1]);
        Assert.Equal(206.11667725, double.Parse(cells[2], CultureInfo.InvariantCulture), 1e-6);
    }
}
