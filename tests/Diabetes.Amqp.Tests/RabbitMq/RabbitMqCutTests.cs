using Diabetes.Amqp.Tests.Support;
using Diabetes.Testing.RabbitMq;
using Diabetes.Testing.Time;

namespace Diabetes.Amqp.Tests.RabbitMq;

/// <summary>Cuts connections in the worst way: within a frame, and without closing them.</summary>
public sealed class RabbitMqCutTests(RabbitMqFixture fixture) : RabbitMqTestBase(fixture)
{
    /// <summary>
    /// If the client is writing into a full pipe when the connection is lost, it never reports the end of the channels behind that one. So
    /// more than one queue is used: one channel is stuck and another waits behind it.
    /// </summary>
    [Fact]
    public async Task Publish_CutMidFrameAgainAndAgain_EveryMessageIsConfirmed()
    {
        const int Cuts = 20;
        const int Messages = 300;
        await using var proxy = ThroughProxy();
        Writer[] writers = [Writer(NewQueue(durable: true)), Writer(NewQueue(durable: true))];
        for (var cut = 0; cut < Cuts; cut++)
        {
            // A confirmed message proves that there is a connection to cut.
            await ForEachAsync(writer => writer.WriteAsync(Numbers(cut * Messages, Messages / 2)));
            await ForEachAsync(writer => writer.Confirmed.WaitForAsync((cut * Messages) + (Messages / 2)));
            proxy.CutMidFrame();
            await ForEachAsync(writer => writer.WriteAsync(Numbers((cut * Messages) + (Messages / 2), Messages / 2)));
            await ForEachAsync(writer => writer.Confirmed.WaitForAsync((cut + 1) * Messages));
        }

        Assert.All(writers, static writer => Assert.Equal(Numbers(0, Cuts * Messages).Order(), writer.Confirmed.All.Order()));
        Assert.InRange(proxy.Cuts, Cuts, int.MaxValue);

        Task ForEachAsync(Func<Writer, Task> work) => Task.WhenAll(writers.Select(work)).WaitAsync(SafetyNet);
    }

    [Fact]
    public async Task Connection_GoneWithoutAWord_HeartbeatEndsItForPublishersAndConsumers()
    {
        Settings = Settings with { Heartbeat = TimeSpan.FromSeconds(2) };
        await using var proxy = ThroughProxy();
        var queue = NewQueue(durable: true);
        var inbox = Inbox.Committing();
        Consume(queue, inbox);
        Writer[] writers = [Writer(queue), Writer(queue)];
        await Task.WhenAll(writers.Select(static (writer, i) => writer.WriteAsync([$"before {i}"])));
        await inbox.WaitForAsync(2);

        // Fill every buffer on the way, so that both publishers are stuck in a write.
        var filling = new string('x', 50_000);
        proxy.GoDead();
        proxy.Recover();
        await Task.WhenAll(writers.Select((writer, i) => writer.WriteAsync(Enumerable.Repeat(filling, 200).Append($"after {i}"))));

        await Task.WhenAll(writers.Select(static writer => writer.CompleteAsync()));
        await inbox.WaitForDistinctAsync(5);
        Assert.InRange(Logged.Count(1003), 2, int.MaxValue);
    }

    [Fact]
    public async Task Connection_TakenByWhoSaysNothing_IsTriedAgain()
    {
        await using var proxy = ThroughProxy();
        proxy.GoDead();
        var time = new VirtualTime();
        await using var link = new RabbitMqLink(Settings, "publishing", time, Logged);
        var connecting = link.SessionAsync(None);
        await time.WaitForTimersAsync(1);

        time.Advance(TimeSpan.FromSeconds(30));
        await Logged.WaitForAsync(1001);
        proxy.Recover();
        await time.WaitForTimersAsync(1);
        time.AdvanceToNextTimer();

        Assert.True((await connecting.WaitAsync(SafetyNet)).Client.IsOpen);
        Assert.Contains(
            "does not answer within 30 s", Logged.Entries.Single(static entry => entry.Id == 1001).Text, StringComparison.Ordinal);
    }

    private ChaosProxy ThroughProxy()
    {
        var proxy = new ChaosProxy(Settings.Uri);
        Settings = Settings with { Uri = proxy.Uri };
        return proxy;
    }
}
