using Diabetes.Nodes.Tests.Brokers;
using Diabetes.Nodes.Tests.Logs;
using Xunit.Abstractions;

namespace Diabetes.Nodes.Tests.Malformed;

/// <summary>All that is malformed, at once, to three nodes that share one quarantine.</summary>
[Collection(BrokerCollection.Name)]
public sealed class MalformedBurstTests(RunningNodes nodes, ITestOutputHelper output) : IClassFixture<RunningNodes>
{
    private const int Times = 10;

    [Fact]
    public async Task Messages_AllMalformedOnesAtOnce_AreAllQuarantinedAndNothingIsLeft()
    {
        var stage = nodes.Stage;
        var messages = Enumerable.Range(0, Times).SelectMany(time => MalformedMessage.All.Select(bad => (bad.Queue, bad.Message, Id: $"{time} {bad.Queue} {bad.Message.Name}"))).ToArray();

        await nodes.Pika.SendAsync(messages.SelectMany(bad => RunningNodes.Good(bad.Id).Append((bad.Queue, bad.Message.Body))));

        await stage.Quarantine.UntilEntriesAsync(messages.Length);
        await stage.Ledger.UntilRowsAsync(messages.Length);
        nodes.Report(output);
        Assert.Equal(messages.Select(bad => bad.Id).Order(), stage.Ledger.Ids.Order());
        Assert.Equal(
            messages.Select(bad => Entry(bad.Queue, bad.Message.Reason, bad.Message.KeptBody)).Order(),
            stage.Quarantine.Lines.Select(line => Entry(line.Queue, line.Reason, line.Body)).Order());

        await nodes.StopAsync();
        Assert.All(await stage.Host.QueuesAsync(), queue => Assert.Equal((queue.Key, QueueCounts.Empty), (queue.Key, queue.Value)));
    }

    private static string Entry(string queue, string reason, ReadOnlySpan<byte> body) => $"{queue} {reason} {Convert.ToBase64String(body)}";
}
