namespace Diabetes.Actors.Tests;

/// <summary>
/// The mailbox under threads that meet at its narrow places: between idle and scheduled, between slot and queue, between one ring and the next.
/// </summary>
[Collection(nameof(StressCollection))]
public sealed class MailboxStressTests : IDisposable
{
    private static readonly TimeSpan SafetyNet = TimeSpan.FromSeconds(120);
    private static readonly object Message = new();

    private readonly ActorSystem _system = ActorSystem.Create("stress");

    public void Dispose() => Assert.True(_system.Terminate().Wait(SafetyNet));

    /// <summary>
    /// Each round the threads start together and tell a few messages at slightly different moments, so that some come just when the actor is about to
    /// go idle; nobody tells anything more until all of them are handled. One message left in an idle mailbox stops the test here for good.
    /// </summary>
    [Theory]
    [InlineData(2, 1)]
    [InlineData(2, 3)]
    [InlineData(4, 2)]
    public void Mailbox_MessagesComeAsItGoesIdle_ExpectNoLostWakeUp(int threads, int burst)
    {
        const int Rounds = 20_000;
        var handled = new Counter();
        var actor = _system.ActorOf(Props.Create(() => new Counting(handled)));
        using var together = new Barrier(threads);
        var tellers = new Thread[threads];
        var stuck = false;
        for (var t = 0; t < threads; t++)
        {
            var random = new Random(t);
            tellers[t] = new Thread(() =>
            {
                for (var round = 1; round <= Rounds && !Volatile.Read(ref stuck); round++)
                {
                    together.SignalAndWait();
                    Thread.SpinWait(random.Next(40));
                    for (var i = 0; i < burst; i++)
                    {
                        actor.Tell(Message, ActorRefs.NoSender);
                    }

                    if (!SpinUntil(() => handled.Value >= (long)round * threads * burst))
                    {
                        Volatile.Write(ref stuck, true);
                    }

                    together.SignalAndWait();
                }
            });
            tellers[t].Start();
        }

        Array.ForEach(tellers, teller => teller.Join());
        Assert.False(stuck, $"A message was left in the mailbox of an idle actor: {handled.Value} handled.");
        Assert.Equal((long)Rounds * threads * burst, handled.Value);
    }

    [Fact]
    public async Task Mailbox_GrowsUnderManyProducers_ExpectEachOrderKept()
    {
        const int Producers = 4;
        const int Each = 200_000;
        var done = new TaskCompletionSource();
        var actor = _system.ActorOf(Props.Create(() => new OrderChecking(Producers, Each, done)));

        var producers = Enumerable.Range(0, Producers).Select(producer => Task.Factory.StartNew(
            () =>
            {
                for (var i = 0; i < Each; i++)
                {
                    actor.Tell(new Numbered(producer, i), ActorRefs.NoSender);
                }
            },
            TaskCreationOptions.LongRunning));
        await Task.WhenAll(producers);

        await done.Task.WaitAsync(SafetyNet);
    }

    /// <summary>Messages that wake an actor are kept near; if all of them were, pairs that keep waking each other would keep all threads.</summary>
    [Fact]
    public void Schedule_PairsWakeEachOtherForEver_ExpectOthersGetTheirTurn()
    {
        var stop = new Counter();
        for (var i = 0; i < 64; i++)
        {
            var (left, right) = (_system.ActorOf(Props.Create(() => new Endless(stop))), _system.ActorOf(Props.Create(() => new Endless(stop))));
            left.Tell(Message, right);
        }

        var handled = new Counter();
        var other = _system.ActorOf(Props.Create(() => new Counting(handled)));
        for (var i = 0; i < 100; i++)
        {
            other.Tell(Message, ActorRefs.NoSender);
            Thread.Yield();
        }

        var turns = SpinUntil(() => handled.Value == 100);
        stop.Value = 1;
        Assert.True(turns, $"Only {handled.Value} of 100 messages were handled while others kept the threads busy.");
    }

    [Fact]
    public void Tell_ToABusyActor_ExpectNothingAllocated()
    {
        const int Burst = 500;
        var handled = new Counter();
        var actor = _system.ActorOf(Props.Create(() => new Counting(handled)));
        Bursts(100);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Bursts(200);
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;

        // What is left is the thread pool's, which lengthens a queue of its own now and then.
        Assert.True(bytes < 200 * Burst / 10, $"{bytes} bytes for {200 * Burst} messages.");

        void Bursts(int count)
        {
            for (var b = 0; b < count; b++)
            {
                var expected = handled.Value + Burst;
                for (var i = 0; i < Burst; i++)
                {
                    actor.Tell(Message, ActorRefs.NoSender);
                }

                while (handled.Value != expected)
                {
                    Thread.SpinWait(20);
                }
            }
        }
    }

    /// <summary>The correlators of the metric node: a million of them must be no burden.</summary>
    [Fact]
    public void Actor_WaitsForItsSecondMessage_ExpectThreeHundredBytesAtMost()
    {
        const int Waiting = 100_000;
        var all = new Counter();
        var before = Live();

        var parent = _system.ActorOf(Props.Create(() => new Parent(Waiting, all)));
        Assert.True(SpinUntil(() => all.Value == Waiting));
        var bytes = (Live() - before) / Waiting;

        Assert.InRange(bytes, 1, 300);
        GC.KeepAlive(parent);
    }

    private static long Live()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private static bool SpinUntil(Func<bool> condition)
    {
        var start = TimeProvider.System.GetTimestamp();
        var spin = default(SpinWait);
        while (!condition())
        {
            spin.SpinOnce(sleep1Threshold: -1);
            if (spin.Count % 1024 == 0 && TimeProvider.System.GetElapsedTime(start) > SafetyNet)
            {
                return false;
            }
        }

        return true;
    }

    private sealed record Numbered(int Producer, int Number);

    private sealed class Counter
    {
        private long _value;

        public long Value
        {
            get => Volatile.Read(ref _value);
            set => Volatile.Write(ref _value, value);
        }

        public void Add() => Interlocked.Increment(ref _value);
    }

    private sealed class Counting(Counter counter) : UntypedActor
    {
        protected override void OnReceive(object message) => counter.Add();
    }

    private sealed class Endless(Counter stop) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (stop.Value == 0)
            {
                Sender.Tell(message);
            }
        }
    }

    private sealed class OrderChecking(int producers, int each, TaskCompletionSource done) : UntypedActor
    {
        private readonly int[] _next = new int[producers];

        protected override void OnReceive(object message)
        {
            var (producer, number) = (Numbered)message;
            if (number != _next[producer]++)
            {
                done.TrySetException(new InvalidOperationException($"Producer {producer}: {number} came when {_next[producer] - 1} was due."));
            }
            else if (Array.TrueForAll(_next, next => next == each))
            {
                done.TrySetResult();
            }
        }
    }

    /// <summary>Makes children and sends each a message, as a shard does.</summary>
    private sealed class Parent : UntypedActor
    {
        private readonly Dictionary<long, IActorRef> _children = [];

        public Parent(int count, Counter all)
        {
            var props = Props.Create(() => new Waiting(all));
            for (var id = 0L; id < count; id++)
            {
                var child = Context.ActorOf(props);
                _children.Add(id, child);
                child.Tell(new Numbered(0, (int)id));
            }
        }

        protected override void OnReceive(object message)
        {
        }
    }

    private sealed class Waiting(Counter all) : UntypedActor
    {
        private Numbered? _first;

        protected override void OnReceive(object message)
        {
            _first ??= (Numbered)message;
            all.Add();
        }
    }
}
