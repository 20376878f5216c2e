using FsCheck;
using FsCheck.Fluent;

namespace Diabetes.Amqp.Tests.RabbitMq;

public sealed class SettlementsTests
{
    [Fact]
    public void Drain_AllSettled_IsOneCommand()
    {
        Assert.Equal([new SettleCommand(4, Ack: true, Multiple: true)], Drain(deliver: 4, ack: [3, 1, 4, 2]));
    }

    [Fact]
    public void Drain_OneSettled_IsNotMultiple()
    {
        Assert.Equal([new SettleCommand(1, Ack: true, Multiple: false)], Drain(deliver: 3, ack: [1]));
    }

    [Fact]
    public void Drain_OneOpenBetween_StopsShortOfItAndAcksTheRestSingly()
    {
        Assert.Equal(
            [
                new SettleCommand(5, Ack: true, Multiple: false),
                new SettleCommand(4, Ack: true, Multiple: false),
                new SettleCommand(2, Ack: true, Multiple: true),
            ],
            Drain(deliver: 5, ack: [5, 1, 2, 4]));
    }

    [Fact]
    public void Drain_NackAmongAcks_GoesFirst()
    {
        Assert.Equal(
            [new SettleCommand(2, Ack: false, Multiple: false), new SettleCommand(3, Ack: true, Multiple: true)],
            Drain(deliver: 3, ack: [1, 3], nack: [2]));
    }

    [Fact]
    public void Settle_UnknownTag_IsFalse()
    {
        var settlements = new Settlements();
        settlements.Add(1);

        Assert.True(settlements.Settle(1, ack: true));
        Assert.False(settlements.Settle(1, ack: true));
        Assert.False(settlements.Settle(2, ack: true));
    }

    [Fact]
    public void Settlements_AnyOrderOfDeliveriesVerdictsAndDrains_SettleExactlyWhatWasSettled()
    {
        var step = Gen.Choose(0, 9).Zip(Gen.Choose(0, int.MaxValue));
        Prop.ForAll(step.ListOf().ToArbitrary(), steps =>
        {
            var (settlements, server, commands) = (new Settlements(), new Server(), new List<SettleCommand>());
            var open = new List<ulong>();
            foreach (var (kind, pick) in steps)
            {
                switch (kind)
                {
                    case <= 3:
                        settlements.Add(server.Deliver());
                        open.Add(server.LastTag);
                        break;
                    case <= 7 when open.Count > 0:
                        var tag = open[pick % open.Count];
                        open.Remove(tag);
                        server.Expected[tag] = kind != 7;
                        Assert.True(settlements.Settle(tag, ack: kind != 7));
                        break;
                    default:
                        settlements.Drain(commands);
                        server.Hear(commands);
                        break;
                }

                Assert.Equal(open.Count, settlements.Open);
            }

            settlements.Drain(commands);
            server.Hear(commands);
            Assert.Equal(server.Expected.OrderBy(pair => pair.Key), server.Heard.OrderBy(pair => pair.Key));
            Assert.Equal(open.Order(), server.Unacked);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Add_OneDeliveryOpenForEver_DoesNotPileUpTheSettledOnes()
    {
        var (settlements, commands) = (new Settlements(), new List<SettleCommand>());
        settlements.Add(1);
        settlements.Add(2);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (ulong tag = 3; tag < 100_000; tag++)
        {
            settlements.Add(tag);
            settlements.Settle(tag, ack: true);
            settlements.Drain(commands);
            commands.Clear();
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20_000);
    }

    private static List<SettleCommand> Drain(ulong deliver, ulong[] ack, ulong[]? nack = null)
    {
        var settlements = new Settlements();
        for (ulong tag = 1; tag <= deliver; tag++)
        {
            settlements.Add(tag);
        }

        Array.ForEach(ack, tag => settlements.Settle(tag, ack: true));
        Array.ForEach(nack ?? [], tag => settlements.Settle(tag, ack: false));
        var commands = new List<SettleCommand>();
        settlements.Drain(commands);
        return commands;
    }

    /// <summary>Applies the commands as a broker does: an unknown tag is a protocol error, and multiple covers all tags before.</summary>
    private sealed class Server
    {
        public ulong LastTag { get; private set; }

        public SortedSet<ulong> Unacked { get; } = [];

        public Dictionary<ulong, bool> Expected { get; } = [];

        public Dictionary<ulong, bool> Heard { get; } = [];

        public ulong Deliver()
        {
            Unacked.Add(++LastTag);
            return LastTag;
        }

        public void Hear(List<SettleCommand> commands)
        {
            foreach (var command in commands)
            {
                Assert.Contains(command.Tag, Unacked);
                foreach (var tag in command.Multiple ? [.. Unacked.TakeWhile(tag => tag <= command.Tag)] : new[] { command.Tag })
                {
                    Unacked.Remove(tag);
                    Heard.Add(tag, command.Ack);
                }
            }

            commands.Clear();
        }
    }
}
