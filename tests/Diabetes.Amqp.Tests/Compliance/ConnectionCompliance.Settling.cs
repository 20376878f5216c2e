using Diabetes.Amqp.Tests.Support;

namespace Diabetes.Amqp.Tests.Compliance;

public abstract partial class ConnectionCompliance
{
    [Fact]
    public async Task Delivery_Acked_NeverComesAgain()
    {
        var queue = NewQueue();
        var first = Inbox.Committing();
        var control = Consume(queue, first);
        await PublishAsync(queue, Numbers(0, 100));
        await first.WaitForAsync(100);
        Assert.Equal(0, control.Unsettled);
        await control.Shutdown().WaitAsync(SafetyNet);

        var second = new Inbox();
        Consume(queue, second);
        await PublishAsync(queue, ["fresh"]);

        Assert.Equal("fresh", Assert.Single(await second.WaitForAsync(1)).Payload);
    }

    [Fact]
    public async Task Delivery_Nacked_ComesAgainMarkedBeforeWhatIsFresh()
    {
        var queue = NewQueue();
        var inbox = new Inbox();
        Consume(queue, inbox, prefetch: 2);
        await PublishAsync(queue, Numbers(0, 4));
        var held = await inbox.WaitForAsync(2);
        Assert.DoesNotContain(held, static delivery => delivery.Redelivered);

        held[0].Reject(RejectReason.NotDurable);

        var again = (await inbox.WaitForAsync(3))[2];
        Assert.Equal("0", again.Payload);
        Assert.True(again.Redelivered);
    }

    [Fact]
    public async Task Delivery_UnsettledWhenTheSourceGoes_ComesAgainMarkedAndInOrder()
    {
        var queue = NewQueue();
        var first = new Inbox();
        var control = Consume(queue, first, prefetch: 5);
        await PublishAsync(queue, Numbers(0, 8));
        var held = await first.WaitForAsync(5);
        held[1].Commit();
        await first.WaitForAsync(6);

        await control.Shutdown().WaitAsync(SafetyNet);

        var second = Inbox.Committing();
        Consume(queue, second, prefetch: 5);
        var all = await second.WaitForAsync(7);
        Assert.Equal(["0", "2", "3", "4", "5", "6", "7"], second.Payloads);
        Assert.All(all.Take(5), static delivery => Assert.True(delivery.Redelivered));
        Assert.All(all.Skip(5), static delivery => Assert.False(delivery.Redelivered));
    }

    [Fact]
    public async Task Delivery_SettledAfterTheSourceWent_IsHarmlessAndComesAgain()
    {
        var queue = NewQueue();
        var first = new Inbox();
        var control = Consume(queue, first);
        await PublishAsync(queue, Numbers(0, 2));
        var held = await first.WaitForAsync(2);
        await control.Shutdown().WaitAsync(SafetyNet);

        held[0].Commit();
        held[1].Reject(RejectReason.Draining);

        var second = new Inbox();
        Consume(queue, second);
        await second.WaitForAsync(2);
        Assert.Equal(Numbers(0, 2), second.Payloads);
    }

    [Fact]
    public async Task Delivery_SettledTwice_Throws()
    {
        var queue = NewQueue();
        var inbox = new Inbox();
        Consume(queue, inbox);
        await PublishAsync(queue, ["once"]);
        var delivery = Assert.Single(await inbox.WaitForAsync(1));

        delivery.Commit();

        Assert.Throws<InvalidOperationException>(delivery.Commit);
        Assert.Throws<InvalidOperationException>(() => delivery.Reject(RejectReason.Draining));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Delivery_OfThreeParts_IsSettledByTheLastAndComesAgainIfAnyIsRejected(bool rejected)
    {
        var queue = NewQueue();
        var inbox = new Inbox();
        var control = Consume(queue, inbox);
        await PublishAsync(queue, ["three"]);
        var delivery = Assert.Single(await inbox.WaitForAsync(1));
        delivery.OpenParts(3);
        delivery.Commit();
        if (rejected)
        {
            delivery.Reject(RejectReason.NotDurable);
        }
        else
        {
            delivery.Commit();
        }

        Assert.False(delivery.IsSettled);
        Assert.Equal(1, control.Unsettled);

        delivery.Commit();

        Assert.True(delivery.IsSettled);
        Assert.Throws<InvalidOperationException>(delivery.Commit);
        Assert.Throws<InvalidOperationException>(() => delivery.OpenParts(3));
        if (rejected)
        {
            Assert.True((await inbox.WaitForAsync(2))[1].Redelivered);
        }

        await control.Shutdown().WaitAsync(SafetyNet);
        await DepthAsync(queue, messages: rejected ? 1 : 0, consumers: 0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Delivery_SettledInAnyOrder_IsSettledAloneAndOnce(int seed)
    {
        var queue = NewQueue();
        var first = new Inbox();
        var control = Consume(queue, first, prefetch: 50);
        await PublishAsync(queue, Numbers(0, 50));
        var held = (await first.WaitForAsync(50)).ToArray();
        var random = new Random(seed);
        random.Shuffle(held);
        var acked = held.Take(30).ToArray();

        foreach (var delivery in acked)
        {
            delivery.Commit();
        }

        await control.Shutdown().WaitAsync(SafetyNet);
        var second = new Inbox();
        Consume(queue, second);
        await second.WaitForAsync(20);
        await RoundTripAsync();
        Assert.Equal(held.Skip(30).Select(static delivery => delivery.Payload).Order(), second.Payloads.Order());
    }

    [Fact]
    public async Task Committer_Flow_CommitsAndCounts()
    {
        var queue = NewQueue();
        await PublishAsync(queue, Numbers(0, 20));
        var (control, counts) = From(queue)
            .Select(static batch => ImmutableArray<ICommittable>.CastUp(batch))
            .Via(Committer.Flow())
            .Scan(0, static (sum, count) => sum + count)
            .TakeWhile(static sum => sum < 20, inclusive: true)
            .ToMaterialized(Sink.Last<int>(), Keep.Both)
            .Run(Streams);

        Assert.Equal(20, await counts.WaitAsync(SafetyNet));

        await control.IsShutdown.WaitAsync(SafetyNet);
        await DepthAsync(queue, messages: 0, consumers: 0);
    }
}
