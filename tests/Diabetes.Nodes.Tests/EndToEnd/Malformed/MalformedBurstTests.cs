using Diabetes.Nodes.Tests.Support;
using Diabetes.Nodes.Tests.Support.Brokers;
using Diabetes.Nodes.Tests.Support.Logs;
using Xunit.Abstractions;

namespace Diabetes.Nodes.Tests.EndToEnd.Malformed;

/// <summary>All that is malformed, at once, to three nodes that share one quarantine.</summary>
[Collection(BrokerCollection.Name)]
public sealed class MalformedBurstTests(RunningNodes nodes, ITestOutputHelper output) : IClassFixture<RunningNodes>
{
    private const int Times = 10;
    private static readonly string[] Queues = ["features", "y_true", "y_pred", "notification"];

    private Stage Stage => nodes.Stage;

    [Fact]
    public async Task Messages_AllMalformedOnesAtOnce_AreAllSetAsideAndNothingElseIsLeft()
    {
        (string Queue, MalformedMessage Message, string Id)[] messages =
        [
            .. Enumerable.Range(0, Times).SelectMany(time =>
                MalformedMessage.All.Select(bad => (bad.Queue, bad.Message, $"{time} {bad.Queue} {bad.Message.Name}"))),
        ];

        await nodes.Pika.SendAsync(messages.SelectMany(bad => RunningNodes.Good(bad.Id).Append((bad.Queue, bad.Message.Body))));

        await Stage.Quarantine.UntilEntriesAsync(messages.Length);
        await Stage.Ledger.UntilRowsAsync(messages.Length);
        nodes.Report(output);
        await nodes.StopAsync();
        Assert.Equal(messages.Select(bad => bad.Id).Order(), Stage.Ledger.Ids.Order());
        Assert.Equal(
            messages.Select(bad => Entry(bad.Queue, bad.Message.Reason, bad.Message.KeptBody)).Order(),
            Stage.Quarantine.Lines.Select(line => Entry(line.Queue, line.Reason, line.Body)).Order());
        var left = await Stage.Host.QueuesAsync();
        Assert.Equal(Queues.SelectMany(queue => new[] { queue, $"{queue}.dead" }).Order(), left.Keys.Order());
        foreach (var queue in Queues)
        {
            var sent = messages
                .Where(bad => bad.Queue == queue)
                .Select(bad => Entry(queue, bad.Message.Reason, bad.Message.WholeBody))
                .Order()
                .ToArray();
            Assert.Equal(QueueCounts.Empty, left[queue]);
            Assert.Equal(new QueueCounts(sent.Length, 0, Durable: true), left[$"{queue}.dead"]);
            Assert.Equal(sent, (await DeadLettersAsync(queue)).Select(letter => Entry(letter.Queue, letter.Reason, letter.Body)).Order());
        }
    }

    private static string Entry(string queue, string reason, ReadOnlySpan<byte> body) => $"{queue} {reason} {Convert.ToBase64String(body)}";

    private async Task<IEnumerable<QuarantineLine>> DeadLettersAsync(string queue)
    {
        var take = Stage.Service("take.py", "--queue", $"{queue}.dead");
        Assert.Equal(0, await take.ExitAsync());
        return take.Output.Lines.SkipLast(1).Select(QuarantineLine.Parse);
    }
}
