namespace Diabetes.Actors.Tests;

/// <summary>A parent's strategy decides what becomes of a failed child: resume, restart, stop, or the parent's own failure.</summary>
public sealed class SupervisionTests : KernelTest
{
    [Fact]
    public void OneForOne_OneChildFails_ExpectOnlyThatOneIsRestarted()
    {
        var boss = NewBoss(new OneForOneStrategy(_ => Directive.Restart));
        var (bad, good) = TwoWorkers(boss);
        bad.Tell(new Fail(), TestActor);
        ExpectRestart("bad");
        good.Tell("fine", TestActor);
        ExpectMsg("good: fine");
        ExpectNoMsg();
    }

    [Fact]
    public void AllForOne_OneChildFails_ExpectAllAreRestarted()
    {
        var boss = NewBoss(new AllForOneStrategy(_ => Directive.Restart));
        var (bad, _) = TwoWorkers(boss);
        bad.Tell(new Fail(), TestActor);
        var heard = ReceiveN(10).Cast<string>().ToList();
        string[] restart = ["PreRestart(boom)", "PostStop", "ctor", "PostRestart(boom)", "PreStart"];
        foreach (var name in new[] { "bad", "good" })
        {
            Assert.Equal(restart.Select(step => $"{name}: {step}"), heard.Where(line => line.StartsWith(name, StringComparison.Ordinal)));
        }

        ExpectNoMsg();
    }

    [Fact]
    public void AllForOne_DirectiveStop_ExpectAllEnd()
    {
        var boss = NewBoss(new AllForOneStrategy(_ => Directive.Stop));
        var (bad, good) = TwoWorkers(boss);
        Watch(bad);
        Watch(good);
        bad.Tell(new Fail(), TestActor);
        ExpectMsgAllOfEnds(bad, good);
    }

    [Fact]
    public void AllForOne_RetriesUsedUp_ExpectAllEnd()
    {
        var boss = NewBoss(new AllForOneStrategy(1, Timeout.InfiniteTimeSpan, _ => Directive.Restart));
        var (bad, good) = TwoWorkers(boss);
        bad.Tell(new Fail(), TestActor);
        ReceiveN(10);
        Watch(bad);
        Watch(good);
        bad.Tell(new Fail(), TestActor);
        ExpectMsgAllOfEnds(bad, good);
    }

    [Fact]
    public void Resume_AfterAFailure_ExpectStateIsKeptAndTheMessageDropped()
    {
        var boss = NewBoss(new OneForOneStrategy(_ => Directive.Resume));
        var worker = Hire(boss, Worker.Props(TestActor));
        ExpectInOrder("w: ctor", "w: PreStart");
        worker.Tell("1", TestActor);
        worker.Tell(new Fail(), TestActor);
        worker.Tell("2", TestActor);
        ExpectInOrder("w: 1", "w: 2");
        ExpectNoMsg();
    }

    [Fact]
    public void Stop_AfterAFailure_ExpectTheEndAndTheMailboxAsDeadLetters()
    {
        var dead = Listen<DeadLetter>();
        var boss = NewBoss(SupervisorStrategy.StoppingStrategy);
        var worker = Hire(boss, Worker.Props(CreateTestProbe().Ref));
        var gate = new TestLatch();
        Watch(worker);
        worker.Tell(gate, TestActor);
        worker.Tell(new Fail(), TestActor);
        worker.Tell("left over", TestActor);
        gate.Open();
        ExpectTerminated(worker);
        dead.ExpectMsg<DeadLetter>(letter => letter.Message.Equals("left over") && letter.Recipient.Equals(worker));
    }

    [Fact]
    public void Escalate_FromAChild_ExpectTheParentFailsWithTheSameCauseAndIsRestarted()
    {
        var causes = CreateTestProbe();
        var top = NewBoss(new OneForOneStrategy(cause =>
        {
            causes.Ref.Tell(cause, ActorRefs.NoSender);
            return Directive.Restart;
        }));
        var middle = Hire(top, Props.Create(() => new Boss(new OneForOneStrategy(_ => Directive.Escalate))));
        var worker = Hire(middle, Worker.Props(TestActor));
        Watch(worker);
        worker.Tell(new Fail("too much for me"), TestActor);
        causes.ExpectMsg<BoomException>(cause => cause.Message == "too much for me");
        FishForMessage<Terminated>(terminated => terminated.ActorRef.Equals(worker));
        Hire(middle, Worker.Props(TestActor, "of the new parent"));
    }

    [Fact]
    public void Escalate_TheParentIsResumed_ExpectTheChildGoesOnToo()
    {
        var top = NewBoss(new OneForOneStrategy(_ => Directive.Resume));
        var middle = Hire(top, Props.Create(() => new Boss(new OneForOneStrategy(_ => Directive.Escalate))));
        var worker = Hire(middle, Worker.Props(TestActor));
        worker.Tell("1", TestActor);
        worker.Tell(new Fail(), TestActor);
        worker.Tell("2", TestActor);
        ExpectInOrder("w: ctor", "w: PreStart", "w: 1", "w: 2");
        ExpectNoMsg();
    }

    [Fact]
    public void MaxRetries_WithoutWindow_ExpectOneFailureMoreEndsIt()
    {
        var boss = NewBoss(new OneForOneStrategy(2, Timeout.InfiniteTimeSpan, _ => Directive.Restart));
        var worker = Hire(boss, Worker.Props(TestActor));
        ExpectInOrder("w: ctor", "w: PreStart");
        for (var i = 0; i < 2; i++)
        {
            worker.Tell(new Fail(), TestActor);
            ExpectRestart("w");
            Advance(TimeSpan.FromDays(1));
        }

        worker.Tell(new Fail(), TestActor);
        ExpectMsg("w: PostStop");
        ExpectNoMsg();
    }

    [Fact]
    public void MaxRetries_Zero_ExpectTheFirstFailureEndsIt()
    {
        var boss = NewBoss(new OneForOneStrategy(0, Timeout.InfiniteTimeSpan, _ => Directive.Restart));
        var worker = Hire(boss, Worker.Props(TestActor));
        worker.Tell(new Fail(), TestActor);
        ExpectInOrder("w: ctor", "w: PreStart", "w: PostStop");
        ExpectNoMsg();
    }

    [Fact]
    public void MaxRetries_MinusOne_ExpectNoEnd()
    {
        var boss = NewBoss(new OneForOneStrategy(-1, Timeout.InfiniteTimeSpan, _ => Directive.Restart));
        var worker = Hire(boss, Worker.Props(TestActor));
        ExpectInOrder("w: ctor", "w: PreStart");
        for (var i = 0; i < 50; i++)
        {
            worker.Tell(new Fail(), TestActor);
            ExpectRestart("w");
        }
    }

    [Fact]
    public void RetryWindow_FailuresInside_ExpectOneMoreThanAllowedEndsIt()
    {
        var worker = InWindow(retries: 2, 10 * Second);
        FailAndRestart(worker);
        Advance(4 * Second);
        FailAndRestart(worker);
        Advance(5 * Second);
        worker.Tell(new Fail(), TestActor);
        ExpectMsg("w: PostStop");
    }

    [Fact]
    public void RetryWindow_Passed_ExpectTheCountStartsAnew()
    {
        var worker = InWindow(retries: 2, 10 * Second);
        for (var i = 0; i < 3; i++)
        {
            FailAndRestart(worker);
            FailAndRestart(worker);
            Advance(10 * Second + TimeSpan.FromTicks(1));
        }

        FailAndRestart(worker);
        FailAndRestart(worker);
        worker.Tell(new Fail(), TestActor);
        ExpectMsg("w: PostStop");
    }

    [Fact]
    public void RetryWindow_OfSeveralChildren_ExpectEachHasItsOwn()
    {
        var boss = NewBoss(new OneForOneStrategy(1, 10 * Second, _ => Directive.Restart));
        var (first, second) = TwoWorkers(boss);
        first.Tell(new Fail(), TestActor);
        ExpectRestart("bad");
        second.Tell(new Fail(), TestActor);
        ExpectRestart("good");
        first.Tell(new Fail(), TestActor);
        ExpectMsg("bad: PostStop");
        ExpectNoMsg();
    }

    [Fact]
    public void Decider_ByTypeOfCause_ExpectTheFirstThatFits()
    {
        var decider = Decider.From(Directive.Escalate, Directive.Resume.When<ArgumentNullException>(), Directive.Stop.When<ArgumentException>());
        Assert.Equal(Directive.Resume, decider.Decide(new ArgumentNullException()));
        Assert.Equal(Directive.Stop, decider.Decide(new ArgumentOutOfRangeException()));
        Assert.Equal(Directive.Escalate, decider.Decide(new BoomException("other")));
    }

    [Fact]
    public void DefaultDecider_KnownCauses_ExpectStopForBirthKillAndPactElseRestart()
    {
        var decider = SupervisorStrategy.DefaultDecider;
        Assert.Equal(Directive.Stop, decider.Decide(new ActorInitializationException("x")));
        Assert.Equal(Directive.Stop, decider.Decide(new ActorKilledException("x")));
        Assert.Equal(Directive.Stop, decider.Decide(new DeathPactException(TestActor)));
        Assert.Equal(Directive.Restart, decider.Decide(new BoomException("x")));
    }

    [Fact]
    public void Decider_WhileItDecides_ExpectTheFailedChildAsTheSender()
    {
        var boss = Sys.ActorOf(Props.Create(() => new TellsWhoFailed(TestActor)));
        var worker = Hire(boss, Worker.Props(CreateTestProbe().Ref));
        worker.Tell(new Fail(), TestActor);
        ExpectMsg(worker);
    }

    [Fact]
    public void Props_WithSupervisorStrategy_ExpectItIsUsedInsteadOfTheActorsOwn()
    {
        var boss = Sys.ActorOf(Props.Create(() => new Boss(new OneForOneStrategy(_ => Directive.Restart))).WithSupervisorStrategy(SupervisorStrategy.StoppingStrategy));
        var worker = Hire(boss, Worker.Props(CreateTestProbe().Ref));
        Watch(worker);
        worker.Tell(new Fail(), TestActor);
        ExpectTerminated(worker);
    }

    [Fact]
    public void Decider_Throws_ExpectTheParentFails()
    {
        var causes = CreateTestProbe();
        var top = NewBoss(new OneForOneStrategy(cause =>
        {
            causes.Ref.Tell(cause, ActorRefs.NoSender);
            return Directive.Stop;
        }));
        var middle = Hire(top, Props.Create(() => new Boss(new OneForOneStrategy(_ => ThrowFromDecider()))));
        var worker = Hire(middle, Worker.Props(CreateTestProbe().Ref));
        Watch(middle);
        worker.Tell(new Fail(), TestActor);
        causes.ExpectMsg<BoomException>(cause => cause.Message == "decider");
        ExpectTerminated(middle);
    }

    [Fact]
    public void Guardian_TopLevelActorFails_ExpectItIsRestarted()
    {
        var worker = Sys.ActorOf(Worker.Props(TestActor));
        ExpectInOrder("w: ctor", "w: PreStart");
        FailAndRestart(worker);
    }

    [Fact]
    public void Failure_Handled_ExpectAnErrorIsPublishedWithCauseAndSource()
    {
        var errors = Listen<Error>();
        var worker = Sys.ActorOf(Worker.Props(CreateTestProbe().Ref), "unlucky");
        worker.Tell(new Fail("out of luck"), TestActor);
        errors.ExpectMsg<Error>(error =>
        {
            Assert.Equal("out of luck", Assert.IsType<BoomException>(error.Cause).Message);
            Assert.Contains("/user/unlucky", error.LogSource, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Failure_WhileTheParentDecides_ExpectTheChildHandlesNothing()
    {
        var deciding = new TestLatch();
        var decide = new TestLatch();
        var boss = NewBoss(new OneForOneStrategy(_ =>
        {
            deciding.Open();
            decide.Ready();
            return Directive.Resume;
        }));
        var worker = Hire(boss, Worker.Props(TestActor));
        ExpectInOrder("w: ctor", "w: PreStart");
        worker.Tell(new Fail(), TestActor);
        worker.Tell("after", TestActor);
        deciding.Ready();
        Assert.False(HasMessages);
        decide.Open();
        ExpectMsg("w: after");
    }

    [Fact]
    public void Failure_OfAParent_ExpectItsChildrenHandleNothingUntilItsFateIsDecided()
    {
        var dead = Listen<DeadLetter>();
        var deciding = new TestLatch();
        var decide = new TestLatch();
        var top = NewBoss(new OneForOneStrategy(_ =>
        {
            deciding.Open();
            decide.Ready();
            return Directive.Restart;
        }));
        var middle = Hire(top, Props.Create(() => new Boss(null)));
        var worker = Hire(middle, Worker.Props(TestActor));
        ExpectInOrder("w: ctor", "w: PreStart");
        middle.Tell(new Fail(), TestActor);
        deciding.Ready();
        worker.Tell("while suspended", TestActor);
        decide.Open();
        // The restart stops the child: had it not been suspended, it would have handled the message by now.
        ExpectMsg("w: PostStop");
        dead.ExpectMsg<DeadLetter>(letter => letter.Message.Equals("while suspended"));
    }

    [Fact]
    public void Kill_DefaultStrategy_ExpectTheEnd()
    {
        var worker = Sys.ActorOf(Worker.Props(CreateTestProbe().Ref));
        Watch(worker);
        worker.Tell(Kill.Instance, TestActor);
        ExpectTerminated(worker);
    }

    [Fact]
    public void Kill_RestartingStrategy_ExpectARestart()
    {
        var boss = NewBoss(new OneForOneStrategy(cause => cause is ActorKilledException ? Directive.Restart : Directive.Escalate));
        var worker = Hire(boss, Worker.Props(TestActor));
        ExpectInOrder("w: ctor", "w: PreStart");
        worker.Tell(Kill.Instance, TestActor);
        worker.Tell("alive", TestActor);
        FishForMessage<string>(line => line == "w: ctor");
        FishForMessage<string>(line => line == "w: alive");
    }

    private sealed class TellsWhoFailed : ReceiveActor
    {
        private readonly IActorRef _probe;

        public TellsWhoFailed(IActorRef probe)
        {
            _probe = probe;
            Receive<Hire>(hire => Sender.Tell(Context.ActorOf(hire.Props, hire.Name)));
        }

        protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ =>
        {
            _probe.Tell(Sender);
            return Directive.Stop;
        });
    }

    private static Directive ThrowFromDecider() => throw new BoomException("decider");

    private (IActorRef Bad, IActorRef Good) TwoWorkers(IActorRef boss)
    {
        var bad = Hire(boss, Worker.Props(TestActor, "bad"), "bad");
        ExpectInOrder("bad: ctor", "bad: PreStart");
        var good = Hire(boss, Worker.Props(TestActor, "good"), "good");
        ExpectInOrder("good: ctor", "good: PreStart");
        return (bad, good);
    }

    private IActorRef InWindow(int retries, TimeSpan window)
    {
        var worker = Hire(NewBoss(new OneForOneStrategy(retries, window, _ => Directive.Restart)), Worker.Props(TestActor));
        ExpectInOrder("w: ctor", "w: PreStart");
        return worker;
    }

    private void FailAndRestart(IActorRef worker)
    {
        worker.Tell(new Fail(), TestActor);
        ExpectRestart("w");
    }

    private void ExpectRestart(string name) =>
        ExpectInOrder($"{name}: PreRestart(boom)", $"{name}: PostStop", $"{name}: ctor", $"{name}: PostRestart(boom)", $"{name}: PreStart");

    private void ExpectMsgAllOfEnds(params IActorRef[] actors)
    {
        var ended = ReceiveN(2 * actors.Length).OfType<Terminated>().Select(terminated => terminated.ActorRef).ToHashSet();
        Assert.Equal(actors.ToHashSet(), ended);
        ExpectNoMsg();
    }
}
