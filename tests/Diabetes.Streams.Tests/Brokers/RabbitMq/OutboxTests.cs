using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Diabetes.Streams.Tests;

public sealed class OutboxTests
{
    [Fact]
    public void TryAdd_WindowFull_IsFalseUntilTheOldestIsConfirmed()
    {
        var (outbox, told) = (new Outbox(2), new List<IConfirmation>());
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
        var (outbox, told) = (new Outbox(10), new List<IConfirmation>());
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
        Assert.Equal(4, outbox.ConfirmedBefore);
        Assert.Equal(2, outbox.Count);
    }

    [Fact]
    public void Confirm_NeverSent_IsIgnored()
    {
        var (outbox, told) = (new Outbox(2), new List<IConfirmation>());
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
            var (outbox, told) = (new Outbox(7), new List<IConfirmation>());
            var confirmations = new List<IConfirmation>();
            var unconfirmed = new SortedSet<long>();
            var channel = new List<long>();
            outbox.Restart();
            foreach (var (kind, pick) in steps)
            {
                switch (kind)
                {
                    case <= 3:
                        var confirmation = new Confirmations().One();
                        if (outbox.TryAdd(Encoding.UTF8.GetBytes($"{confirmations.Count}"), confirmation))
                        {
                            unconfirmed.Add(confirmations.Count);
                            confirmations.Add(confirmation);
                        }

                        break;
                    case <= 5 when outbox.TryNext(out var message):
                        Assert.Same(confirmations[(int)message.Number], message.Confirmation);
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
                Assert.Equal(unconfirmed.Count > 0 ? unconfirmed.Min : confirmations.Count, outbox.ConfirmedBefore);
            }

            outbox.Restart();
            Assert.Equal(unconfirmed, Send(outbox, int.MaxValue));
            outbox.Clear(told);
            Assert.Equal(confirmations.Count, told.Distinct().Count());
            Assert.Equal(confirmations.Count, told.Count);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void TryAdd_PlacesUsedAgain_AllocatesNothing()
    {
        var (outbox, told) = (new Outbox(10), new List<IConfirmation>());
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

    private static bool Add(Outbox outbox) => outbox.TryAdd("x"u8, null);

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
