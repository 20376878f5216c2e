namespace Diabetes.Actors.Tests;

/// <summary>An asynchronous receive is one message's work: nothing else is handled until it ends, and its context is the same after every await.</summary>
public sealed class AsyncReceiveTests : KernelTest
{
    [Fact]
    public void ReceiveAsync_MessagesArriveMeanwhile_ExpectTheyWaitAndComeInOrder()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Slow(TestActor)));
        var gate = new TestLatch();
        actor.Tell(gate, TestActor);
        actor.Tell("1", TestActor);
        actor.Tell("2", TestActor);
        ExpectMsg("waiting");
        ExpectNoMsg();
        actor.Tell("3", TestActor);
        gate.Open();
        ExpectInOrder("opened", "1", "2", "3");
    }

    [Fact]
    public void ReceiveAsync_TwoInARow_ExpectTheSecondStartsWhenTheFirstHasEnded()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Slow(TestActor)));
        var (first, second) = (new TestLatch(), new TestLatch());
        actor.Tell(first, TestActor);
        actor.Tell(second, TestActor);
        ExpectMsg("waiting");
        second.Open();
        ExpectNoMsg();
        first.Open();
        ExpectInOrder("opened", "waiting", "opened");
    }

    [Fact]
    public void ReceiveAsync_AfterEachKindOfAwait_ExpectSenderSelfAndContext()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Remembers()), "remembers");
        var asker = CreateTestProbe();
        actor.Tell("go", asker.Ref);
        for (var step = 0; step < 5; step++)
        {
            asker.ExpectMsgFrom(actor, $"step {step} at /user/remembers");
        }
    }

    [Fact]
    public void ReceiveAsync_ManyMessages_ExpectOrderAndOneAtATime()
    {
        const int many = 2_000;
        var actor = Sys.ActorOf(Props.Create(() => new Accumulates(TestActor, many)));
        for (var i = 0; i < many; i++)
        {
            actor.Tell(i, TestActor);
        }

        ExpectMsg("in order, never two at once");
    }

    [Fact]
    public void ReceiveAsync_FailsAfterAnAwait_ExpectARestartWithCauseAndMessageAndTheMailboxKept()
    {
        var actor = Sys.ActorOf(Props.Create(() => new FailsLate(TestActor)));
        var gate = new TestLatch();
        actor.Tell(gate, TestActor);
        actor.Tell("next", TestActor);
        gate.Open();
        ExpectMsg<BoomException>(cause => cause.Message == "late");
        ExpectMsg(gate);
        ExpectMsg(TestActor);
        ExpectInOrder("new instance", "next");
    }

    [Fact]
    public void ReceiveAsync_FailsBeforeTheFirstAwait_ExpectTheSame()
    {
        var actor = Sys.ActorOf(Props.Create(() => new FailsLate(TestActor)));
        var failure = new Fail("early");
        actor.Tell(failure, TestActor);
        actor.Tell("next", TestActor);
        ExpectMsg<BoomException>(cause => cause.Message == "early");
        ExpectMsg(failure);
        ExpectMsg(TestActor);
        ExpectInOrder("new instance", "next");
    }

    [Fact]
    public void ReceiveAsync_CatchesWhatItAwaited_ExpectNoRestart()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Catches()));
        actor.Tell("go", TestActor);
        ExpectMsg("caught boom");
        actor.Tell("go", TestActor);
        ExpectMsg("caught boom");
    }

    [Fact]
    public void ReceiveAsync_PoisonPillMeanwhile_ExpectTheEndAfterTheAwait()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Slow(TestActor)));
        var gate = new TestLatch();
        Watch(actor);
        actor.Tell(gate, TestActor);
        actor.Tell(PoisonPill.Instance, TestActor);
        ExpectMsg("waiting");
        ExpectNoMsg();
        gate.Open();
        ExpectMsg("opened");
        ExpectTerminated(actor);
    }

    [Fact]
    public void ReceiveAsync_AwaitsVirtualTime_ExpectItGoesOnWhenTheTimeIsUp()
    {
        var time = Time!;
        var actor = Sys.ActorOf(Props.Create(() => new Sleeps(time)));
        actor.Tell("go", TestActor);
        ExpectNoMsg(Second - TimeSpan.FromTicks(1));
        Advance(TimeSpan.FromTicks(1));
        ExpectMsg("slept");
    }

    [Fact]
    public void ReceiveAsync_WhileItWaits_ExpectFailuresOfChildrenAreStillDecided()
    {
        var parent = Sys.ActorOf(Props.Create(() => new WaitingParent()));
        var gate = new TestLatch();
        var child = Hire(parent, Worker.Props(TestActor, "child"), "child");
        ExpectInOrder("child: ctor", "child: PreStart");
        parent.Tell(gate, TestActor);
        child.Tell(new Fail(), TestActor);
        child.Tell("hello", TestActor);
        ExpectInOrder("child: PreRestart(boom)", "child: PostStop", "child: ctor", "child: PostRestart(boom)", "child: PreStart", "child: hello");
        gate.Open();
    }

    [Fact]
    public void ReceiveAsync_StoppedWhileItWaits_ExpectTheEndAtOnceAndTheHandlerRunsOn()
    {
        var ran = new TestLatch();
        var actor = Sys.ActorOf(Props.Create(() => new FinishesAnyway(ran)));
        var gate = new TestLatch();
        Watch(actor);
        actor.Tell(gate, TestActor);
        AwaitRest();
        Sys.Stop(actor);
        ExpectTerminated(actor);
        Assert.False(ran.IsOpen);
        gate.Open();
        ran.Ready();
    }

    [Fact]
    public void ReceiveAsync_RestartedWhileItWaits_ExpectTheNewInstanceIsNotTouchedByTheOldHandler()
    {
        // AllForOne: the brother's failure restarts an actor that is in the middle of a message.
        var boss = NewBoss(new AllForOneStrategy(_ => Directive.Restart));
        var bad = Hire(boss, Worker.Props(CreateTestProbe().Ref), "bad");
        var probe = CreateTestProbe();
        var slow = Hire(boss, Props.Create(() => new FailsWhenOpened(probe.Ref)), "slow");
        probe.ExpectMsg("instance");
        var gate = new TestLatch();
        slow.Tell(gate, TestActor);
        slow.Tell("kept", TestActor);
        AwaitRest();
        bad.Tell(new Fail(), TestActor);
        probe.ExpectMsg("instance");
        probe.ExpectMsg("kept");
        gate.Open();
        AwaitRest();
        slow.Tell("alive", TestActor);
        probe.ExpectMsg("alive");
        probe.ExpectNoMsg();
    }

    [Fact]
    public void RunTask_UntypedActor_ExpectTheSame()
    {
        var actor = Sys.ActorOf(Props.Create(() => new UntypedSlow(TestActor)));
        var gate = new TestLatch();
        actor.Tell(gate, TestActor);
        actor.Tell("1", TestActor);
        ExpectNoMsg();
        gate.Open();
        ExpectInOrder("opened", "1");
    }

    private sealed class Slow : ReceiveActor
    {
        public Slow(IActorRef probe)
        {
            ReceiveAsync<TestLatch>(async latch =>
            {
                probe.Tell("waiting");
                await latch.Opened;
                probe.Tell("opened");
            });
            ReceiveAny(message => probe.Tell(message));
        }
    }

    private sealed class Remembers : ReceiveActor
    {
        public Remembers() => ReceiveAsync<string>(async _ =>
        {
            Say(0);
            await Task.Yield();
            Say(1);
            await Task.Run(() => { });
            Say(2);
            await Task.CompletedTask;
            Say(3);
            await Inner();
            Say(4);
        });

        private static async Task Inner()
        {
            await Task.Yield();
            await Task.Run(() => { }).ConfigureAwait(false);
        }

        private void Say(int step) => Sender.Tell($"step {step} at {Context.Self.Path.ToStringWithoutAddress()}", Self);
    }

    private sealed class Accumulates : ReceiveActor
    {
        private int _next;
        private int _inside;
        private bool _wrong;

        public Accumulates(IActorRef probe, int expected) => ReceiveAsync<int>(async number =>
        {
            _wrong |= Interlocked.Increment(ref _inside) != 1 || number != _next;
            await Task.Yield();
            _next++;
            Interlocked.Decrement(ref _inside);
            if (_next == expected)
            {
                probe.Tell(_wrong ? "out of order or two at once" : "in order, never two at once");
            }
        });
    }

    private sealed class FailsLate : ReceiveActor
    {
        private readonly IActorRef _probe;

        public FailsLate(IActorRef probe)
        {
            _probe = probe;
            ReceiveAsync<TestLatch>(async latch =>
            {
                await latch.Opened;
                throw new BoomException("late");
            });
            ReceiveAsync<Fail>(fail => throw new BoomException(fail.Reason));
            ReceiveAny(message => probe.Tell(message));
        }

        protected override void PreRestart(Exception reason, object? message)
        {
            _probe.Tell(reason);
            _probe.Tell(message ?? "no message");
            _probe.Tell(Sender);
        }

        protected override void PostRestart(Exception reason) => _probe.Tell("new instance");
    }

    private sealed class Catches : ReceiveActor
    {
        public Catches() => ReceiveAsync<string>(async _ =>
        {
            try
            {
                await Task.Run(() => throw new BoomException("boom"));
            }
            catch (BoomException failure)
            {
                Sender.Tell($"caught {failure.Message}");
            }
        });
    }

    private sealed class Sleeps : ReceiveActor
    {
        public Sleeps(TimeProvider time) => ReceiveAsync<string>(async _ =>
        {
            await Task.Delay(Second, time);
            Sender.Tell("slept");
        });
    }

    private sealed class WaitingParent : ReceiveActor
    {
        public WaitingParent()
        {
            Receive<Hire>(hire => Sender.Tell(Context.ActorOf(hire.Props, hire.Name)));
            ReceiveAsync<TestLatch>(latch => latch.Opened);
        }
    }

    private sealed class FinishesAnyway : ReceiveActor
    {
        public FinishesAnyway(TestLatch ran) => ReceiveAsync<TestLatch>(async latch =>
        {
            try
            {
                await latch.Opened;
            }
            finally
            {
                ran.Open();
            }
        });
    }

    private sealed class FailsWhenOpened : ReceiveActor
    {
        public FailsWhenOpened(IActorRef probe)
        {
            probe.Tell("instance");
            ReceiveAsync<TestLatch>(async latch =>
            {
                await latch.Opened;
                throw new BoomException("of the old instance");
            });
            ReceiveAny(message => probe.Tell(message));
        }
    }

    private sealed class UntypedSlow(IActorRef probe) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is TestLatch latch)
            {
                RunTask(async () =>
                {
                    await latch.Opened;
                    probe.Tell("opened");
                });
            }
            else
            {
                probe.Tell(message);
            }
        }
    }
}
