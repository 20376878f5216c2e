namespace Diabetes.Actors.Tests;

/// <summary>Messages of one sender to one receiver are handled in the order in which they were sent, each once, one at a time.</summary>
public sealed class OrderingTests : KernelTest
{
    private const int Many = 20_000;

    [Fact]
    public void Tell_OneSender_ExpectSendOrder()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Collector(1, Many, TestActor)));
        for (var i = 0; i < Many; i++)
        {
            actor.Tell(new Numbered(0, i), TestActor);
        }

        ExpectMsg("in order, each once");
    }

    [Fact]
    public async Task Tell_ManySenders_ExpectEachSendersOrderAndNoneLostOrDoubled()
    {
        const int senders = 8;
        var actor = Sys.ActorOf(Props.Create(() => new Collector(senders, Many, TestActor)));
        await Task.WhenAll(Enumerable.Range(0, senders).Select(sender => Task.Run(() =>
        {
            for (var i = 0; i < Many; i++)
            {
                actor.Tell(new Numbered(sender, i), ActorRefs.NoSender);
            }
        })));
        ExpectMsg("in order, each once");
    }

    [Fact]
    public void Tell_ThroughAChainOfActors_ExpectSendOrderAtTheEnd()
    {
        var last = Sys.ActorOf(Props.Create(() => new Collector(1, Many, TestActor)));
        var chain = Enumerable.Range(0, 5).Aggregate(last, (next, _) => Sys.ActorOf(Fun.Of((message, _) => next.Forward(message))));
        for (var i = 0; i < Many; i++)
        {
            chain.Tell(new Numbered(0, i), TestActor);
        }

        ExpectMsg("in order, each once");
    }

    [Fact]
    public void Tell_ToSelf_ExpectBehindWhatIsInTheMailboxAlready()
    {
        var gate = new TestLatch();
        var actor = Sys.ActorOf(Props.Create(() => new SelfTeller(TestActor)));
        actor.Tell(gate, TestActor);
        actor.Tell("a", TestActor);
        actor.Tell("b", TestActor);
        gate.Open();
        ExpectInOrder("a", "b", "self");
    }

    [Fact]
    public async Task Receive_ManySendersAtOnce_ExpectOneMessageAtATimeAndTheStateOfTheOneBefore()
    {
        const int senders = 8;
        var actor = Sys.ActorOf(Props.Create(() => new Exclusive(senders * Many, TestActor)));
        await Task.WhenAll(Enumerable.Range(0, senders).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < Many; i++)
            {
                actor.Tell("tick", ActorRefs.NoSender);
            }
        })));
        ExpectMsg("never two at once");
    }

    [Fact]
    public void Tell_AnActorThatIsBusyElsewhere_ExpectOthersAreServedMeanwhile()
    {
        var gate = new TestLatch();
        var slow = Sys.ActorOf(Worker.Props(CreateTestProbe().Ref));
        slow.Tell(gate, TestActor);
        var quick = Sys.ActorOf(Fun.Of((message, context) => context.Sender.Tell(message)));
        quick.Tell("hello", TestActor);
        ExpectMsg("hello");
        gate.Open();
    }

    private sealed record Numbered(int Sender, int Number);

    private sealed class Collector(int senders, int expected, IActorRef probe) : UntypedActor
    {
        private readonly int[] _next = new int[senders];

        protected override void OnReceive(object message)
        {
            var (sender, number) = (Numbered)message;
            if (_next[sender] != number)
            {
                probe.Tell($"sender {sender}: expected {_next[sender]}, got {number}");
            }

            _next[sender] = number + 1;
            if (_next.All(next => next == expected))
            {
                probe.Tell("in order, each once");
            }
        }
    }

    private sealed class SelfTeller : ReceiveActor
    {
        public SelfTeller(IActorRef probe)
        {
            ReceiveAsync<TestLatch>(async latch =>
            {
                await latch.Opened;
                Self.Tell("self");
            });
            ReceiveAny(message => probe.Tell(message));
        }
    }

    private sealed class Exclusive(int expected, IActorRef probe) : UntypedActor
    {
        private int _inside;
        private int _plainCounter;
        private bool _overlapped;

        protected override void OnReceive(object message)
        {
            _overlapped |= Interlocked.Increment(ref _inside) != 1;
            _plainCounter++;
            Interlocked.Decrement(ref _inside);
            if (_plainCounter == expected)
            {
                probe.Tell(_overlapped ? "two at once" : "never two at once");
            }
        }
    }
}
