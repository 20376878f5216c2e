namespace Diabetes.Actors.Tests;

/// <summary>The hooks run once each, in their order, before the first and after the last message.</summary>
public sealed class LifecycleTests : KernelTest
{
    [Fact]
    public void Actor_FromBirthToDeath_ExpectEachHookOnceInOrder()
    {
        var worker = Sys.ActorOf(Worker.Props(TestActor));
        worker.Tell("hello", TestActor);
        Sys.Stop(worker);
        ExpectMsg("w: ctor");
        ExpectMsg("w: PreStart");
        // Stop may overtake the message; it never overtakes a hook.
        if ((string)ReceiveN(1).Single() is var next && next == "w: hello")
        {
            ExpectMsg("w: PostStop");
        }
        else
        {
            Assert.Equal("w: PostStop", next);
        }

        ExpectNoMsg();
    }

    [Fact]
    public void Actor_NeverFailed_ExpectNoRestartHook()
    {
        var worker = Sys.ActorOf(Worker.Props(TestActor));
        worker.Tell("hello", TestActor);
        worker.Tell(PoisonPill.Instance, TestActor);
        ExpectInOrder("w: ctor", "w: PreStart", "w: hello", "w: PostStop");
        ExpectNoMsg();
    }

    [Fact]
    public void Actor_RestartedThreeTimesThenStopped_ExpectPostStopAndPreStartAroundEachRestart()
    {
        var boss = NewBoss(new OneForOneStrategy(3, TimeSpan.FromSeconds(1000), _ => Directive.Restart));
        var worker = Hire(boss, Worker.Props(TestActor));
        ExpectInOrder("w: ctor", "w: PreStart");
        for (var round = 0; round < 3; round++)
        {
            worker.Tell(new Fail(), TestActor);
            worker.Tell("status", TestActor);
            ExpectInOrder("w: PreRestart(boom)", "w: PostStop", "w: ctor", "w: PostRestart(boom)", "w: PreStart", "w: status");
        }

        worker.Tell(new Fail(), TestActor);
        ExpectMsg("w: PostStop");
        ExpectNoMsg();
    }

    [Fact]
    public void PreRestartAndPostRestart_OverriddenWithoutBase_ExpectNeitherPostStopNorPreStart()
    {
        var actor = Sys.ActorOf(Props.Create(() => new QuietRestart(TestActor)));
        ExpectMsg("PreStart");
        actor.Tell(new Fail(), TestActor);
        ExpectInOrder("PreRestart", "PostRestart");
        actor.Tell(PoisonPill.Instance, TestActor);
        ExpectMsg("PostStop");
        ExpectNoMsg();
    }

    [Fact]
    public void Context_InTheConstructor_ExpectSelfParentAndChildrenAreThere()
    {
        var actor = Sys.ActorOf(Props.Create(() => new EarlyBird(TestActor)), "early");
        ExpectMsg(actor);
        ExpectMsg("/user");
        ExpectMsg("/user/early/chick");
        ExpectMsg("message from the constructor");
    }

    [Fact]
    public void PreStart_TellsSelf_ExpectThatMessageIsHandledAfterPreStart()
    {
        Sys.ActorOf(Props.Create(() => new TellsSelfInPreStart(TestActor)));
        ExpectInOrder("PreStart done", "to self");
    }

    [Fact]
    public void PostStop_UsesTheContext_ExpectSelfAndSystemStillWork()
    {
        var actor = Sys.ActorOf(Props.Create(() => new LastWords(TestActor)), "late");
        Sys.Stop(actor);
        ExpectMsg("/user/late of test", hint: "Self and Context.System in PostStop");
        Assert.Equal(actor, LastSender);
    }

    [Fact]
    public void Context_OutsideAnActor_ExpectRefusal() => Assert.Throws<NotSupportedException>(() => LeakyActor.Leak());

    [Fact]
    public void Actor_MadeWithNew_ExpectRefusal() => Assert.Throws<ActorInitializationException>(() => new Fun((_, _) => { }));

    private sealed class QuietRestart(IActorRef probe) : UntypedActor
    {
        protected override void PreStart() => probe.Tell("PreStart");

        protected override void PostStop() => probe.Tell("PostStop");

        protected override void PreRestart(Exception reason, object? message) => probe.Tell("PreRestart");

        protected override void PostRestart(Exception reason) => probe.Tell("PostRestart");

        protected override void OnReceive(object message) => throw new BoomException("boom");
    }

    private sealed class EarlyBird : ReceiveActor
    {
        public EarlyBird(IActorRef probe)
        {
            probe.Tell(Self);
            probe.Tell(Context.Parent.Path.ToStringWithoutAddress());
            probe.Tell(Context.ActorOf(Fun.Of((_, _) => { }), "chick").Path.ToStringWithoutAddress());
            Self.Tell("message from the constructor");
            ReceiveAny(message => probe.Tell(message));
        }
    }

    private sealed class TellsSelfInPreStart(IActorRef probe) : UntypedActor
    {
        protected override void PreStart()
        {
            Self.Tell("to self");
            probe.Tell("PreStart done");
        }

        protected override void OnReceive(object message) => probe.Tell(message);
    }

    private sealed class LastWords(IActorRef probe) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
        }

        protected override void PostStop() => probe.Tell($"{Self.Path.ToStringWithoutAddress()} of {Context.System.Name}");
    }

    private sealed class LeakyActor : UntypedActor
    {
        public static IActorRef Leak() => Context.Self;

        protected override void OnReceive(object message)
        {
        }
    }
}
