using Diabetes.Testing;

namespace Diabetes.Streams.Tests;

/// <summary>Connections that end in the worst way: within a frame, and without a word.</summary>
public sealed class RabbitMqCutTests(RabbitMqFixture fixture) : RabbitMqTestBase(fixture)
{
    private static readonly TimeSpan SafetyNet = TimeSpan.FromSeconds(120);

    /// <summary>
    /// The client may be writing, with its pipe full, when the connection goes: then it says of no channel behind this one that it is gone. More than one queue, since
    /// it takes one channel to be stuck and another to wait behind it.
    /// </summary>
    [Fact]
    public async Task Publish_CutMidFrameAgainAndAgain_EveryMessageIsConfirmed()
    {
        const int Cuts = 20;
        const int Messages = 300;
        await using var proxy = ThroughProxy();
        ISink<string>[] sinks = [Sink(NewQueue(durable: true)), Sink(NewQueue(durable: true))];
        var confirmations = new Confirmations();
        for (var cut = 1; cut <= Cuts; cut++)
        {
            // What is confirmed came over a connection, so there is one to be cut.
            await ForEachAsync(sink => PublishAsync(sink, Numbers(0, Messages / 2), confirmations));
            await ForEachAsync(sink => sink.FlushAsync(None));
            proxy.CutMidFrame();
            await ForEachAsync(sink => PublishAsync(sink, Numbers(Messages / 2, Messages / 2), confirmations));
            await ForEachAsync(sink => sink.FlushAsync(None));

            Assert.Equal(sinks.Length * cut * Messages, confirmations.Confirmed);
        }

        Assert.InRange(proxy.Cuts, Cuts, int.MaxValue);

        Task ForEachAsync(Func<ISink<string>, Task> work) => Task.WhenAll(sinks.Select(work)).WaitAsync(SafetyNet);
    }

    [Fact]
    public async Task Connection_GoneWithoutAWord_HeartbeatEndsItForPublishersAndConsumers()
    {
        Options = Options with { Heartbeat = TimeSpan.FromSeconds(2) };
        await using var proxy = ThroughProxy();
        var queue = NewQueue(durable: true);
        var inbox = new Inbox(static delivery => delivery.Ack());
        var source = await StartAsync(queue, inbox);
        ISink<string>[] sinks = [Sink(queue), Sink(queue)];
        await Task.WhenAll(sinks.Select(sink => PublishAsync(sink, ["before"])));
        await inbox.WaitForAsync(2);

        // Enough to fill every buffer on the way, so that both publishers are stuck in a write.
        var filling = new string('x', 50_000);
        proxy.GoDead();
        proxy.Recover();
        await Task.WhenAll(sinks.Select((sink, i) => PublishAsync(sink, Enumerable.Repeat(filling, 200).Append($"after {i}"))));

        await Task.WhenAll(sinks.Select(sink => sink.FlushAsync(None))).WaitAsync(SafetyNet);
        await inbox.WaitForDistinctAsync(4);
        Assert.InRange(Log.Count(1003), 2, int.MaxValue);
        Assert.Equal(queue, source.Queue);
    }

    [Fact]
    public async Task Connection_TakenByWhoSaysNothing_IsTriedAgain()
    {
        await using var proxy = ThroughProxy();
        proxy.GoDead();
        var time = new VirtualTime();
        await using var link = new RabbitMqLink(Options, "publishing", time, Log);
        var connecting = link.ConnectionAsync(None);
        await time.WaitForTimersAsync(1);

        time.Advance(TimeSpan.FromSeconds(30));
        await Log.WaitForAsync(1001);
        proxy.Recover();
        await time.WaitForTimersAsync(1);
        time.AdvanceToNextTimer();

        Assert.True((await connecting.WaitAsync(SafetyNet)).Client.IsOpen);
        Assert.Contains("does not answer within 30 s", Log.Entries.Single(entry => entry.Id == 1001).Text, StringComparison.Ordinal);
    }

    private ChaosProxy ThroughProxy()
    {
        var proxy = new ChaosProxy(Options.Uri);
        Options = Options with { Uri = proxy.Uri };
        return proxy;
    }
}
