namespace Diabetes.Actors.Tests;

/// <summary>Who watches hears of the end exactly once; who does not, or no longer, never.</summary>
public sealed class DeathWatchTests : KernelTest
{
    private static readonly Props Idle = Fun.Of((_, _) => { });

    [Fact]
    public void Watch_ActorStops_ExpectOneTerminatedFromIt()
    {
        var subject = Sys.ActorOf(Idle);
        Watch(subject);
        Sys.Stop(subject);
        var terminated = ExpectTerminated(subject);
        Assert.True(terminated.ExistenceConfirmed);
        Assert.False(terminated.AddressTerminated);
        Assert.Equal(subject, LastSender);
        ExpectNoMsg();
    }

    [Fact]
    public void Watch_ActorAlreadyDead_ExpectOneTerminated()
    {
        var subject = Dead();
        Watch(subject);
        ExpectTerminated(subject);
        ExpectNoMsg();
    }

    [Fact]
    public void Watch_AlreadyDeadTwice_ExpectOneTerminatedForEachWatch()
    {
        var subject = Dead();
        Watch(subject);
        ExpectTerminated(subject);
        Watch(subject);
        ExpectTerminated(subject);
        ExpectNoMsg();
    }

    [Fact]
    public void Watch_Twice_ExpectOneTerminated()
    {
        var subject = Sys.ActorOf(Idle);
        Watch(subject);
        Watch(subject);
        Sys.Stop(subject);
        ExpectTerminated(subject);
        ExpectNoMsg();
    }

    [Fact]
    public void Watch_SeveralWatchers_ExpectOneTerminatedEach()
    {
        var subject = Sys.ActorOf(Idle);
        var watchers = Enumerable.Range(0, 20).Select(_ => CreateTestProbe()).ToList();
        watchers.ForEach(watcher => watcher.Watch(subject));
        Sys.Stop(subject);
        watchers.ForEach(watcher => watcher.ExpectTerminated(subject));
        watchers.ForEach(watcher => watcher.ExpectNoMsg());
    }

    [Fact]
    public void Watch_ManyActors_ExpectOneTerminatedForEach()
    {
        var subjects = Enumerable.Range(0, 200).Select(_ => Sys.ActorOf(Idle)).ToList();
        subjects.ForEach(subject => Watch(subject));
        subjects.ForEach(subject => subject.Tell(PoisonPill.Instance, ActorRefs.NoSender));
        var ended = ReceiveN(subjects.Count).Cast<Terminated>().Select(terminated => terminated.ActorRef).ToHashSet();
        Assert.Equal(subjects.ToHashSet(), ended);
        ExpectNoMsg();
    }

    [Fact]
    public void Unwatch_BeforeTheEnd_ExpectNothingAndOthersStillHear()
    {
        var subject = Sys.ActorOf(Idle);
        var other = CreateTestProbe();
        other.Watch(subject);
        Watch(subject);
        Unwatch(subject);
        Sys.Stop(subject);
        other.ExpectTerminated(subject);
        ExpectNoMsg();
    }

    [Fact]
    public void Unwatch_TerminatedAlreadyInTheMailbox_ExpectItIsNotDelivered()
    {
        var subject = Sys.ActorOf(Idle);
        var watcher = Sys.ActorOf(Props.Create(() => new Watcher(TestActor)));
        var gate = new TestLatch();
        watcher.Tell(new WatchIt(subject), TestActor);
        watcher.Tell(gate, TestActor);
        watcher.Tell(new UnwatchIt(subject), TestActor);
        AwaitRest();
        Sys.Stop(subject);
        AwaitRest();
        gate.Open();
        watcher.Tell("end", TestActor);
        ExpectMsg("end");
        ExpectNoMsg();
    }

    [Fact]
    public void Watch_AfterUnwatch_ExpectOneTerminated()
    {
        var subject = Sys.ActorOf(Idle);
        Watch(subject);
        Unwatch(subject);
        Watch(subject);
        Sys.Stop(subject);
        ExpectTerminated(subject);
        ExpectNoMsg();
    }

    [Fact]
    public void Watch_OwnChild_ExpectOneTerminatedAndTheNameIsFree()
    {
        var parent = Sys.ActorOf(Props.Create(() => new Rebuilder(TestActor)));
        parent.Tell("go", TestActor);
        ExpectInOrder("child gone", "new child of the same name");
        ExpectNoMsg();
    }

    [Fact]
    public void Watch_Self_ExpectNothing()
    {
        var actor = Sys.ActorOf(Fun.Of((message, context) =>
        {
            context.Watch(context.Self);
            context.Sender.Tell(message);
        }));
        actor.Tell("watched", TestActor);
        ExpectMsg("watched");
    }

    [Fact]
    public void WatchWith_ActorStops_ExpectTheGivenMessageInsteadOfTerminated()
    {
        var subject = Sys.ActorOf(Idle);
        var watcher = Sys.ActorOf(Props.Create(() => new Watcher(TestActor)));
        watcher.Tell(new WatchItWith(subject, "gone"), TestActor);
        AwaitRest();
        Sys.Stop(subject);
        ExpectMsg("gone");
        ExpectNoMsg();
    }

    [Fact]
    public void WatchWith_ActorAlreadyDead_ExpectTheGivenMessage()
    {
        var watcher = Sys.ActorOf(Props.Create(() => new Watcher(TestActor)));
        watcher.Tell(new WatchItWith(Dead(), "gone"), TestActor);
        ExpectMsg("gone");
        ExpectNoMsg();
    }

    [Fact]
    public void Terminated_WhatTheActorSentBefore_ExpectItComesFirst()
    {
        var subject = Sys.ActorOf(Fun.Of((message, context) =>
        {
            TestActor.Tell(message);
            context.Stop(context.Self);
        }));
        Watch(subject);
        subject.Tell("last words", TestActor);
        ExpectMsg("last words");
        ExpectTerminated(subject);
    }

    [Fact]
    public void Terminated_WhenItComes_ExpectPostStopHasRun()
    {
        var subject = Sys.ActorOf(Worker.Props(TestActor));
        Watch(subject);
        Sys.Stop(subject);
        ExpectInOrder("w: ctor", "w: PreStart", "w: PostStop");
        ExpectTerminated(subject);
    }

    [Fact]
    public void Terminated_ActorRestarted_ExpectNone()
    {
        var subject = Sys.ActorOf(Worker.Props(CreateTestProbe().Ref));
        Watch(subject);
        subject.Tell(new Fail(), TestActor);
        ExpectNoMsg();
        Sys.Stop(subject);
        ExpectTerminated(subject);
    }

    [Fact]
    public void Terminated_Unhandled_ExpectDeathPactExceptionEndsTheWatcher()
    {
        var causes = CreateTestProbe();
        var boss = NewBoss(new OneForOneStrategy(cause =>
        {
            causes.Ref.Tell(cause, ActorRefs.NoSender);
            return SupervisorStrategy.DefaultDecider.Decide(cause);
        }));
        var subject = Sys.ActorOf(Idle);
        var watcher = Hire(boss, Props.Create(() => new DoesNotHandleTerminated(subject)));
        Watch(watcher);
        Sys.Stop(subject);
        causes.ExpectMsg<DeathPactException>(pact => Assert.Equal(subject, pact.DeadActor));
        ExpectTerminated(watcher);
    }

    [Fact]
    public void Terminated_NameReused_ExpectOnlyTheOldOneIsMeant()
    {
        var first = Sys.ActorOf(Idle, "phoenix");
        Watch(first);
        Sys.Stop(first);
        ExpectTerminated(first);
        // A name is free once the parent has heard; other watchers may hear before it.
        AwaitRest();
        var second = Sys.ActorOf(Idle, "phoenix");
        Assert.Equal(first.Path, second.Path);
        Assert.NotEqual(first, second);
        Watch(first);
        ExpectTerminated(first);
        Watch(second);
        ExpectNoMsg();
        Sys.Stop(second);
        ExpectTerminated(second);
    }

    [Fact]
    public void Watcher_EndsFirst_ExpectNoDeadLetterOfTheWatch()
    {
        var dead = Listen<AllDeadLetters>();
        var subject = Sys.ActorOf(Idle);
        var watcher = Sys.ActorOf(Props.Create(() => new Watcher(TestActor)));
        watcher.Tell(new WatchIt(subject), TestActor);
        watcher.Tell(PoisonPill.Instance, TestActor);
        AwaitRest();
        Sys.Stop(subject);
        dead.ExpectNoMsg();
    }

    [Fact]
    public async Task Watch_RacingWithTheEnd_ExpectOneTerminatedWhateverComesFirst()
    {
        var watchers = Enumerable.Range(0, 8).Select(_ => CreateTestProbe()).ToList();
        for (var round = 0; round < 50; round++)
        {
            var subject = Sys.ActorOf(Idle);
            var stop = Task.Run(() => Sys.Stop(subject));
            Parallel.ForEach(watchers, watcher => watcher.Watch(subject));
            await stop.WaitAsync(SafetyNet);
            watchers.ForEach(watcher => watcher.ExpectTerminated(subject));
        }

        watchers.ForEach(watcher => watcher.ExpectNoMsg());
    }

    private IActorRef Dead()
    {
        var subject = Sys.ActorOf(Idle);
        Watch(subject);
        Sys.Stop(subject);
        ExpectTerminated(subject);
        return subject;
    }

    private sealed record WatchIt(IActorRef Subject);

    private sealed record WatchItWith(IActorRef Subject, object Message);

    private sealed record UnwatchIt(IActorRef Subject);

    private sealed class Watcher : ReceiveActor
    {
        public Watcher(IActorRef probe)
        {
            Receive<WatchIt>(it => Context.Watch(it.Subject));
            Receive<WatchItWith>(it => Context.WatchWith(it.Subject, it.Message));
            Receive<UnwatchIt>(it => Context.Unwatch(it.Subject));
            ReceiveAsync<TestLatch>(latch => latch.Opened);
            // A Terminated passed on as such is none that the probe's actor waits for, and would be dropped there.
            ReceiveAny(message => probe.Tell(message is Terminated ended ? ended.ActorRef : message));
        }
    }

    private sealed class Rebuilder : ReceiveActor
    {
        public Rebuilder(IActorRef probe)
        {
            Receive<string>(_ =>
            {
                Context.Watch(Context.ActorOf(Idle, "child"));
                Context.Stop(Context.Child("child"));
            });
            Receive<Terminated>(_ =>
            {
                probe.Tell("child gone");
                Context.ActorOf(Idle, "child");
                probe.Tell("new child of the same name");
            });
        }
    }

    private sealed class DoesNotHandleTerminated : ReceiveActor
    {
        public DoesNotHandleTerminated(IActorRef subject) => Context.Watch(subject);
    }
}
