namespace Diabetes.Actors.Tests;

/// <summary>A failing actor is replaced by a new instance behind the same reference; its mailbox stays, the message that failed does not.</summary>
public sealed class RestartTests : KernelTest
{
    [Fact]
    public void Restart_MailboxNotEmpty_ExpectTheNewInstanceHandlesItInOrder()
    {
        var worker = Sys.ActorOf(Worker.Props(TestActor));
        var gate = new TestLatch();
        worker.Tell(gate, TestActor);
        worker.Tell("before", TestActor);
        worker.Tell(new Fail(), TestActor);
        worker.Tell("after 1", TestActor);
        worker.Tell("after 2", TestActor);
        gate.Open();
        ExpectInOrder("w: ctor", "w: PreStart", "w: before", "w: PreRestart(boom)", "w: PostStop", "w: ctor", "w: PostRestart(boom)", "w: PreStart");
        ExpectInOrder("w: after 1", "w: after 2");
        ExpectNoMsg();
    }

    [Fact]
    public void Restart_FailingMessage_ExpectItIsNotHandledAgain()
    {
        var handled = 0;
        var actor = Sys.ActorOf(Fun.Of((message, context) =>
        {
            if (message is Fail)
            {
                Interlocked.Increment(ref handled);
                throw new BoomException("boom");
            }

            context.Sender.Tell(message);
        }));
        actor.Tell(new Fail(), TestActor);
        actor.Tell("still there", TestActor);
        ExpectMsg("still there");
        AwaitRest();
        Assert.Equal(1, handled);
    }

    [Fact]
    public void Restart_SameReference_ExpectPathAndEqualityAreKeptAndStateIsNot()
    {
        var counter = Sys.ActorOf(Props.Create<Counter>(), "counter");
        counter.Tell("count", TestActor);
        ExpectMsg(1);
        counter.Tell("count", TestActor);
        ExpectMsg(2);
        counter.Tell(new Fail(), TestActor);
        counter.Tell("count", TestActor);
        ExpectMsg(1);
        Assert.Equal(counter, LastSender);
        Assert.Equal("/user/counter", LastSender.Path.ToStringWithoutAddress());
    }

    [Fact]
    public void PreRestart_AfterAFailure_ExpectCauseMessageAndSender()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Testifies(TestActor)));
        var failure = new Fail("why");
        actor.Tell(failure, TestActor);
        ExpectMsg<BoomException>(cause => cause.Message == "why");
        ExpectMsg(failure);
        ExpectMsg(TestActor);
    }

    [Fact]
    public void PreRestart_Default_ExpectChildrenAreStoppedBeforeTheNewInstanceIsMade()
    {
        var parent = Sys.ActorOf(Props.Create(() => new Family(TestActor)), "parent");
        ExpectInOrder("parent: ctor", "parent: PreStart", "child: ctor", "child: PreStart");
        parent.Tell(new Fail(), TestActor);
        ExpectInOrder("parent: PreRestart(boom)", "parent: PostStop", "child: PostStop");
        ExpectInOrder("parent: ctor", "parent: PostRestart(boom)", "parent: PreStart", "child: ctor", "child: PreStart");
        ExpectNoMsg();
    }

    [Fact]
    public void PreRestart_OverriddenWithoutStoppingChildren_ExpectTheyLiveOnAndAreRestarted()
    {
        var parent = Sys.ActorOf(Props.Create(() => new KeepsChildren()));
        var child = Hire(parent, Worker.Props(TestActor, "child"), "child");
        ExpectInOrder("child: ctor", "child: PreStart");
        parent.Tell(new Fail(), TestActor);
        ExpectInOrder("child: PreRestart(boom)", "child: PostStop", "child: ctor", "child: PostRestart(boom)", "child: PreStart");
        parent.Tell("child?", TestActor);
        ExpectMsg(child);
    }

    [Fact]
    public void Restart_MessagesArriveWhileChildrenStop_ExpectTheNewInstanceHandlesThem()
    {
        var childHeld = new TestLatch();
        var parent = Sys.ActorOf(Props.Create(() => new SlowFamily(TestActor, childHeld)));
        ExpectMsg("instance");
        parent.Tell(new Fail(), TestActor);
        ExpectMsg("child stopping");
        parent.Tell("while restarting", TestActor);
        childHeld.Open();
        ExpectInOrder("instance", "while restarting");
    }

    [Fact]
    public void Stop_WhileRestarting_ExpectTheEndAndNoNewInstance()
    {
        var childHeld = new TestLatch();
        var parent = Sys.ActorOf(Props.Create(() => new SlowFamily(TestActor, childHeld)));
        ExpectMsg("instance");
        var watcher = CreateTestProbe();
        watcher.Watch(parent);
        parent.Tell(new Fail(), TestActor);
        ExpectMsg("child stopping");
        Sys.Stop(parent);
        childHeld.Open();
        watcher.ExpectTerminated(parent);
        watcher.ExpectNoMsg();
        ExpectNoMsg();
    }

    [Fact]
    public void Restart_WatchedActors_ExpectTheNewInstanceHearsOfTheirEnd()
    {
        var watched = Sys.ActorOf(Worker.Props(CreateTestProbe().Ref));
        var watcher = Sys.ActorOf(Fun.Of((message, context) =>
        {
            switch (message)
            {
                case IActorRef subject:
                    context.Watch(subject);
                    break;
                case Fail:
                    throw new BoomException("boom");
                case Terminated terminated:
                    TestActor.Tell(terminated.ActorRef);
                    break;
                default:
                    context.Sender.Tell(message);
                    break;
            }
        }));
        watcher.Tell(watched, TestActor);
        watcher.Tell(new Fail(), TestActor);
        watcher.Tell("restarted", TestActor);
        ExpectMsg("restarted");
        Sys.Stop(watched);
        ExpectMsg(watched);
        ExpectNoMsg();
    }

    [Fact]
    public void PreRestart_Throws_ExpectTheRestartGoesOn()
    {
        var errors = Listen<Error>();
        var actor = Sys.ActorOf(Props.Create(() => new Clumsy(TestActor, "PreRestart")));
        ExpectMsg("instance");
        actor.Tell(new Fail(), TestActor);
        actor.Tell("hello", TestActor);
        ExpectInOrder("instance", "hello");
        errors.FishForMessage<Error>(error => error.Cause is PreRestartException);
    }

    [Theory]
    [InlineData("PostRestart")]
    [InlineData("ctor of the second")]
    public void NewInstance_ThrowsWhileItIsMade_ExpectPostRestartExceptionAndStop(string where)
    {
        var causes = CreateTestProbe();
        var boss = NewBoss(new OneForOneStrategy(cause =>
        {
            causes.Ref.Tell(cause, ActorRefs.NoSender);
            return SupervisorStrategy.DefaultDecider.Decide(cause);
        }));
        var instances = 0;
        var actor = Hire(boss, Props.Create(() => new Fussy(where, new Tally(() => Interlocked.Increment(ref instances)))));
        Watch(actor);
        actor.Tell(new Fail(), TestActor);
        causes.ExpectMsg<BoomException>();
        causes.ExpectMsg<PostRestartException>(failure => Assert.Equal("boom", failure.OriginalCause.Message));
        ExpectTerminated(actor);
    }

    [Theory]
    [InlineData("ctor")]
    [InlineData("PreStart")]
    public void FirstInstance_ThrowsWhileItIsMade_ExpectActorInitializationExceptionAndStop(string where)
    {
        var causes = CreateTestProbe();
        var boss = NewBoss(new OneForOneStrategy(cause =>
        {
            causes.Ref.Tell(cause, ActorRefs.NoSender);
            return SupervisorStrategy.DefaultDecider.Decide(cause);
        }));
        var actor = Hire(boss, Props.Create(() => new Clumsy(TestActor, where)));
        Watch(actor);
        causes.ExpectMsg<ActorInitializationException>(failure =>
        {
            var root = failure.GetBaseException();
            Assert.IsType<BoomException>(root);
            Assert.Equal(where, root.Message);
        });
        FishForMessage<Terminated>(terminated => terminated.ActorRef.Equals(actor));
    }

    [Fact]
    public void FirstInstance_ThrowsAndTheStrategyRestarts_ExpectTheMailboxIsKept()
    {
        var boss = NewBoss(new OneForOneStrategy(_ => Directive.Restart));
        var tries = 0;
        var actor = Hire(boss, Props.Create(() => new ThirdTimeLucky(new Tally(() => Interlocked.Increment(ref tries)))));
        actor.Tell("hello", TestActor);
        ExpectMsg("hello");
        Assert.Equal(3, tries);
    }

    [Fact]
    public void PostStop_Throws_ExpectTheEndIsReachedAndTheErrorIsLogged()
    {
        var errors = Listen<Error>();
        var actor = Sys.ActorOf(Props.Create(() => new Clumsy(TestActor, "PostStop")));
        Watch(actor);
        Sys.Stop(actor);
        FishForMessage<Terminated>(terminated => terminated.ActorRef.Equals(actor));
        errors.FishForMessage<Error>(error => error.Cause is BoomException { Message: "PostStop" });
    }

    [Fact]
    public void Restart_ManyFailuresInARow_ExpectOneRestartEach()
    {
        const int failures = 100;
        var probe = CreateTestProbe();
        probe.IgnoreMessages(message => (string)message != "w: ctor");
        var worker = Sys.ActorOf(Worker.Props(probe.Ref));
        for (var i = 0; i < failures; i++)
        {
            worker.Tell(new Fail(), TestActor);
        }

        probe.ReceiveN(1 + failures);
        probe.ExpectNoMsg();
    }

    private sealed record Tally(Func<int> Next);

    private sealed class Counter : ReceiveActor
    {
        private int _count;

        public Counter()
        {
            Receive<Fail>(fail => throw new BoomException(fail.Reason));
            ReceiveAny(_ => Sender.Tell(++_count));
        }
    }

    private sealed class Testifies(IActorRef probe) : UntypedActor
    {
        protected override void OnReceive(object message) => throw new BoomException(((Fail)message).Reason);

        protected override void PreRestart(Exception reason, object? message)
        {
            probe.Tell(reason);
            probe.Tell(message ?? "no message");
            probe.Tell(Sender);
        }
    }

    private sealed class Family(IActorRef probe) : Worker(probe, "parent")
    {
        private readonly IActorRef _probe = probe;

        protected override void PreStart()
        {
            base.PreStart();
            Context.ActorOf(Props(_probe, "child"), "child");
        }
    }

    private sealed class KeepsChildren : ReceiveActor
    {
        public KeepsChildren()
        {
            Receive<Hire>(hire => Sender.Tell(Context.ActorOf(hire.Props, hire.Name)));
            Receive<Fail>(fail => throw new BoomException(fail.Reason));
            ReceiveAny(_ => Sender.Tell(Context.Child("child")));
        }

        protected override void PreRestart(Exception reason, object? message)
        {
        }
    }

    private sealed class SlowFamily : ReceiveActor
    {
        public SlowFamily(IActorRef probe, TestLatch childHeld)
        {
            probe.Tell("instance");
            Context.ActorOf(Actors.Props.Create(() => new SlowToDie(probe, childHeld)));
            Receive<Fail>(fail => throw new BoomException(fail.Reason));
            ReceiveAny(message => probe.Tell(message));
        }
    }

    private sealed class SlowToDie(IActorRef probe, TestLatch held) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
        }

        protected override void PostStop()
        {
            probe.Tell("child stopping");
            held.Ready();
        }
    }

    private sealed class Clumsy : ReceiveActor
    {
        private readonly string _where;

        public Clumsy(IActorRef probe, string where)
        {
            _where = where;
            probe.Tell("instance");
            ThrowIn("ctor");
            Receive<Fail>(fail => throw new BoomException(fail.Reason));
            ReceiveAny(message => probe.Tell(message));
        }

        protected override void PreStart() => ThrowIn("PreStart");

        protected override void PostStop() => ThrowIn("PostStop");

        protected override void PreRestart(Exception reason, object? message) => ThrowIn("PreRestart");

        private void ThrowIn(string where)
        {
            if (_where == where)
            {
                throw new BoomException(where);
            }
        }
    }

    private sealed class Fussy : UntypedActor
    {
        private readonly string _where;

        public Fussy(string where, Tally instances)
        {
            _where = where;
            if (instances.Next() == 2 && where == "ctor of the second")
            {
                throw new BoomException(where);
            }
        }

        protected override void OnReceive(object message) => throw new BoomException("boom");

        protected override void PostRestart(Exception reason)
        {
            if (_where == "PostRestart")
            {
                throw new BoomException(_where);
            }
        }
    }

    private sealed class ThirdTimeLucky : ReceiveActor
    {
        public ThirdTimeLucky(Tally tries)
        {
            if (tries.Next() < 3)
            {
                throw new BoomException("not yet");
            }

            ReceiveAny(message => Sender.Tell(message));
        }
    }
}
