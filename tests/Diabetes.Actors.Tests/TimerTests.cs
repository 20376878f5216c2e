namespace Diabetes.Actors.Tests;

/// <summary>A timer's message comes when it is due and never after the timer was cancelled, replaced, or its actor's instance is gone.</summary>
public sealed class TimerTests : KernelTest
{
    [Fact]
    public void StartSingleTimer_Due_ExpectOneMessage()
    {
        var actor = NewClock();
        actor.Tell(new Once("t", "tick", Second), TestActor);
        ExpectNoMsg(Second - TimeSpan.FromTicks(1));
        ExpectNoMsgYetThen("tick", TimeSpan.FromTicks(1));
        ExpectNoMsg(10 * Second);
    }

    [Fact]
    public void StartPeriodicTimer_ThreePeriods_ExpectOneMessageEach()
    {
        var actor = NewClock();
        actor.Tell(new Every("t", "tick", Second), TestActor);
        for (var i = 0; i < 3; i++)
        {
            ExpectNoMsg(Second - TimeSpan.FromTicks(1));
            ExpectNoMsgYetThen("tick", TimeSpan.FromTicks(1));
        }
    }

    [Fact]
    public void StartPeriodicTimer_InitialDelay_ExpectThatDelayThenThePeriod()
    {
        var actor = NewClock();
        actor.Tell(new EveryAfter("t", "tick", 5 * Second, Second), TestActor);
        ExpectNoMsg(5 * Second - TimeSpan.FromTicks(1));
        ExpectNoMsgYetThen("tick", TimeSpan.FromTicks(1));
        ExpectNoMsgYetThen("tick", Second);
    }

    [Fact]
    public void StartTimer_SameKey_ExpectTheOldOneIsReplaced()
    {
        var actor = NewClock();
        actor.Tell(new Every("t", "old", Second), TestActor);
        actor.Tell(new Once("t", "new", 3 * Second), TestActor);
        ExpectNoMsgYetThen("new", 3 * Second);
        ExpectNoMsg(10 * Second);
    }

    [Fact]
    public void StartTimer_OtherKeys_ExpectEachOnItsOwn()
    {
        var actor = NewClock();
        actor.Tell(new Once("b", "second", 2 * Second), TestActor);
        actor.Tell(new Once("a", "first", Second), TestActor);
        Advance(5 * Second);
        ExpectInOrder("first", "second");
        ExpectNoMsg();
    }

    [Fact]
    public void Cancel_BeforeDue_ExpectNothing()
    {
        var actor = NewClock();
        actor.Tell(new Every("t", "tick", Second), TestActor);
        actor.Tell(new CancelIt("t"), TestActor);
        ExpectNoMsg(10 * Second);
        Assert.Equal(0, Time!.ArmedTimers);
    }

    [Fact]
    public void Cancel_MessageAlreadyInTheMailbox_ExpectItIsNotDelivered()
    {
        var actor = NewClock();
        var gate = new TestLatch();
        actor.Tell(new Once("t", "tick", Second), TestActor);
        actor.Tell(gate, TestActor);
        actor.Tell(new CancelIt("t"), TestActor);
        Advance(2 * Second);
        gate.Open();
        actor.Tell("end", TestActor);
        ExpectMsg("end");
        ExpectNoMsg();
    }

    [Fact]
    public void Replace_OldMessageAlreadyInTheMailbox_ExpectOnlyTheNewOne()
    {
        var actor = NewClock();
        var gate = new TestLatch();
        actor.Tell(new Once("t", "old", Second), TestActor);
        actor.Tell(gate, TestActor);
        actor.Tell(new Once("t", "new", Second), TestActor);
        Advance(2 * Second);
        gate.Open();
        AwaitRest();
        ExpectNoMsgYetThen("new", Second);
        ExpectNoMsg(10 * Second);
    }

    [Fact]
    public void CancelAll_SeveralTimers_ExpectNothing()
    {
        var actor = NewClock();
        actor.Tell(new Every("a", "tick", Second), TestActor);
        actor.Tell(new Once("b", "tick", Second), TestActor);
        actor.Tell("cancel all", TestActor);
        ExpectNoMsg(10 * Second);
        Assert.Equal(0, Time!.ArmedTimers);
    }

    [Fact]
    public void IsTimerActive_OverATimersLife_ExpectTrueUntilItFiredOrWasCancelled()
    {
        var actor = NewClock();
        actor.Tell(new IsActive("t"), TestActor);
        ExpectMsg(false);
        actor.Tell(new Once("t", "tick", Second), TestActor);
        actor.Tell(new IsActive("t"), TestActor);
        ExpectMsg(true);
        ExpectNoMsgYetThen("tick", Second);
        actor.Tell(new IsActive("t"), TestActor);
        ExpectMsg(false);
        actor.Tell(new Every("t", "tick", Second), TestActor);
        ExpectNoMsgYetThen("tick", Second);
        actor.Tell(new IsActive("t"), TestActor);
        ExpectMsg(true);
        actor.Tell(new CancelIt("t"), TestActor);
        actor.Tell(new IsActive("t"), TestActor);
        ExpectMsg(false);
    }

    [Fact]
    public void Restart_RunningTimers_ExpectTheyDieWithTheInstance()
    {
        var actor = NewClock();
        actor.Tell(new Every("t", "tick", Second), TestActor);
        actor.Tell(new Fail(), TestActor);
        ExpectNoMsg(10 * Second);
        Assert.Equal(0, Time!.ArmedTimers);
    }

    [Fact]
    public void Restart_MessageOfTheOldInstanceInTheMailbox_ExpectTheNewOneDoesNotGetIt()
    {
        var actor = NewClock();
        var gate = new TestLatch();
        actor.Tell(new Once("t", "old", Second), TestActor);
        actor.Tell(gate, TestActor);
        actor.Tell(new Fail(), TestActor);
        actor.Tell(new Once("t", "new", 5 * Second), TestActor);
        Advance(2 * Second);
        gate.Open();
        AwaitRest();
        ExpectNoMsgYetThen("new", 5 * Second);
        ExpectNoMsg(10 * Second);
    }

    [Fact]
    public void Stop_RunningTimers_ExpectNoMessageAndNoDeadLetter()
    {
        var dead = Listen<AllDeadLetters>();
        var actor = NewClock();
        actor.Tell(new Every("t", "tick", Second), TestActor);
        actor.Tell(PoisonPill.Instance, TestActor);
        ExpectNoMsg(10 * Second);
        dead.ExpectNoMsg();
        Assert.Equal(0, Time!.ArmedTimers);
    }

    [Fact]
    public void StartTimer_InTheConstructor_ExpectItRuns()
    {
        Sys.ActorOf(Props.Create(() => new StartsInConstructor(TestActor)));
        AwaitRest();
        ExpectNoMsgYetThen("tick", Second);
    }

    [Fact]
    public void StartTimer_OfAPoisonPill_ExpectTheActorEnds()
    {
        var actor = NewClock();
        Watch(actor);
        actor.Tell(new Once("t", PoisonPill.Instance, Second), TestActor);
        AwaitRest();
        Advance(Second);
        ExpectTerminated(actor);
    }

    [Fact]
    public void StartPeriodicTimer_ItsHandlerCancelsIt_ExpectNoFurtherTick()
    {
        var actor = NewClock();
        actor.Tell(new Every("t", new CancelIt("t"), Second), TestActor);
        Advance(5 * Second);
        Assert.Equal(0, Time!.ArmedTimers);
    }

    private IActorRef NewClock() => Sys.ActorOf(Props.Create(() => new Clock(TestActor)));

    /// <summary>Nothing has come yet; after <paramref name="duration"/> this has, and nothing else.</summary>
    private void ExpectNoMsgYetThen(object message, TimeSpan duration)
    {
        ExpectNoMsg();
        Advance(duration);
        ExpectMsg(message);
    }

    private sealed record Once(object Key, object Message, TimeSpan Delay);

    private sealed record Every(object Key, object Message, TimeSpan Interval);

    private sealed record EveryAfter(object Key, object Message, TimeSpan InitialDelay, TimeSpan Interval);

    private sealed record CancelIt(object Key);

    private sealed record IsActive(object Key);

    private sealed class Clock : ReceiveActor, IWithTimers
    {
        public Clock(IActorRef probe)
        {
            Receive<Once>(once => Timers.StartSingleTimer(once.Key, once.Message, once.Delay));
            Receive<Every>(every => Timers.StartPeriodicTimer(every.Key, every.Message, every.Interval));
            Receive<EveryAfter>(every => Timers.StartPeriodicTimer(every.Key, every.Message, every.InitialDelay, every.Interval));
            Receive<CancelIt>(cancel => Timers.Cancel(cancel.Key));
            Receive<IsActive>(query => Sender.Tell(Timers.IsTimerActive(query.Key)));
            Receive<Fail>(fail => throw new BoomException(fail.Reason));
            ReceiveAsync<TestLatch>(latch => latch.Opened);
            Receive<string>(text => text == "cancel all", _ => Timers.CancelAll());
            ReceiveAny(message => probe.Tell(message));
        }

        public ITimerScheduler Timers { get; set; } = null!;
    }

    private sealed class StartsInConstructor : ReceiveActor, IWithTimers
    {
        public StartsInConstructor(IActorRef probe)
        {
            Timers.StartSingleTimer("t", "tick", Second);
            ReceiveAny(message => probe.Tell(message));
        }

        public ITimerScheduler Timers { get; set; } = null!;
    }
}
