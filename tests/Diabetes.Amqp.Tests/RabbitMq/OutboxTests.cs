using System.Text;
using FsCheck;
using FsCheck.Fluent;
using RabbitMQ.Client;

namespace Diabetes.Amqp.Tests.RabbitMq;

public sealed class OutboxTests
{
    private static readonly CachedString Key = new("key");
    private long _added;

    [Fact]
    public void TryAdd_WindowFull_IsFalseUntilTheOldestIsConfirmed()
    {
        var (outbox, told) = (new Outbox(2), new List<long>());
        Assert.True(Add(outbox) && Add(outbox));
        Assert.False(Add(outbox));
        outbox.Restart();
        Send(outbox, 2);

        outbox.Confirm(2, multiple: false, told);
        Assert.False(Add(outbox));
        outbox.Confirm(1, multiple: false, told);

        Assert.True(Add(outbox) && Add(outbox));
        Assert.False(Add(outbox));
    }

    [Fact]
    public void Restart_SomeConfirmed_SendsTheOthersAgainInOrder()
    {
        var (outbox, told) = (new Outbox(10), new List<long>());
        for (var i = 0; i < 6; i++)
        {
            Add(outbox);
        }

        outbox.Restart();
        Assert.Equal([0, 1, 2, 3], Send(outbox, 4));
        outbox.Confirm(2, multiple: false, told);
        outbox.Confirm(4, multiple: false, told);

        Assert.Equal(2, outbox.Restart());

        Assert.Equal([0, 2, 4, 5], Send(outbox, 10));
        outbox.Confirm(2, multiple: true, told);
        Assert.Equal([1, 3, 0, 2], told);
        Assert.Equal(2, outbox.Count);
    }

    [Fact]
    public void Confirm_NeverSent_IsIgnored()
    {
        var (outbox, told) = (new Outbox(2), new List<long>());
        Add(outbox);
        outbox.Restart();

        outbox.Confirm(1, multiple: true, told);

        Assert.Equal(1, outbox.Count);
    }

    [Fact]
    public void Outbox_AnyOrderOfSendsConfirmsAndNewChannels_LosesNothingAndTellsOnce()
    {
        var step = Gen.Choose(0, 9).Zip(Gen.Choose(0, int.MaxValue));
        Prop.ForAll(step.ListOf().ToArbitrary(), steps =>
        {
            var (outbox, told, added) = (new Outbox(7), new List<long>(), 0L);
            var unconfirmed = new SortedSet<long>();
            var channel = new List<long>();
            outbox.Restart();
            foreach (var (kind, pick) in steps)
            {
                switch (kind)
                {
                    case <= 3:
                        if (outbox.TryAdd(added, new CachedString($"key {added}"), properties: null, Encoding.UTF8.GetBytes($"{added}")))
                        {
                            unconfirmed.Add(added++);
                        }

                        break;
                    case <= 5 when outbox.TryNext(out var message):
                        Assert.Equal($"key {message.Number}", message.RoutingKey.Value);
                        Assert.Equal($"{message.Number}", Encoding.UTF8.GetString(message.Body.Span));
                        Assert.True(channel.Count == 0 || channel[^1] < message.Number);
                        channel.Add(message.Number);
                        break;
                    case <= 8 when channel.Count > 0:
                        var sequence = 1 + (pick % channel.Count);
                        outbox.Confirm((ulong)sequence, multiple: kind == 8, told);
                        unconfirmed.ExceptWith(kind == 8 ? channel.Take(sequence) : [channel[sequence - 1]]);
                        break;
                    case 9:
                        Assert.Equal(unconfirmed.Intersect(channel).Count(), outbox.Restart());
                        channel.Clear();
                        break;
                }

                Assert.Equal(unconfirmed.Count, outbox.Count);
            }

            outbox.Restart();
            Assert.Equal(unconfirmed, Send(outbox, int.MaxValue));
            Assert.Equal(Enumerable.Range(0, (int)added).Select(static number => (long)number).Except(unconfirmed), told.Order());
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void TryAdd_PlacesUsedAgain_AllocatesNothing()
    {
        var (outbox, told) = (new Outbox(10), new List<long>(2000));
        outbox.Restart();
        Cycle(20);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Cycle(1000);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Cycle(int times)
        {
            for (var i = 0; i < times; i++)
            {
                Add(outbox);
                outbox.TryNext(out var message);
                outbox.Confirm((ulong)message.Number + 1, multiple: false, told);
            }
        }
    }

    private bool Add(Outbox outbox) => outbox.TryAdd(_added, Key, properties: null, "x"u8) && _added++ >= 0;

    private static List<long> Send(Outbox outbox, int most)
    {
        var numbers = new List<long>();
        while (numbers.Count < most && outbox.TryNext(out var message))
        {
            numbers.Add(message.Number);
        }

        return numbers;
    }
}
