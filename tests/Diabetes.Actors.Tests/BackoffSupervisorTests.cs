namespace Diabetes.Actors.Tests;

/// <summary>A back-off supervisor starts its child again after a delay that doubles from the least to the most, and hands on all other messages.</summary>
public sealed class BackoffSupervisorTests : KernelTest
{
    private static readonly TimeSpan Least = Second;
    private static readonly TimeSpan Most = 8 * Second;

    [Fact]
    public void OnStop_ChildStopsAgainAndAgain_ExpectLongerDelays()
    {
        var supervisor = Supervise(Backoff.OnStop(Worker.Props(TestActor), "child", Least, Most, 0, -1).WithManualReset());
        foreach (var delay in new[] { 1, 2, 4, 8, 8 })
        {
            ExpectInOrder("w: ctor", "w: PreStart");
            supervisor.Child.Tell(PoisonPill.Instance, ActorRefs.NoSender);
            ExpectMsg("w: PostStop");
            ExpectNoMsg((delay * Second) - TimeSpan.FromTicks(1));
            Advance(TimeSpan.FromTicks(1));
        }
    }

    [Fact]
    public void OnStop_MoreStopsThanADelayHasBits_ExpectTheLongestDelay()
    {
        var supervisor = Supervise(Backoff.OnStop(Worker.Props(CreateTestProbe().Ref), "child", Least, Most, 0, -1).WithManualReset());
        for (var i = 0; i < 70; i++)
        {
            var child = supervisor.Child;
            Watch(child);
            child.Tell(PoisonPill.Instance, ActorRefs.NoSender);
            ExpectTerminated(child);
            AwaitRest();
            Advance(Most);
            Assert.NotEqual(child, supervisor.Child);
        }
    }

    [Fact]
    public void RandomFactor_ManySupervisors_ExpectDelaysWithinThatShareOnTopAndNotAllTheSame()
    {
        const int many = 50;
        for (var i = 0; i < many; i++)
        {
            Supervise(Backoff.OnStop(Worker.Props(TestActor), "child", Least, Most, 0.5, -1)).Child.Tell(PoisonPill.Instance, ActorRefs.NoSender);
        }

        ReceiveN(3 * many);
        ExpectNoMsg(Least - TimeSpan.FromTicks(1));
        var started = new List<TimeSpan>();
        while (started.Count < many && ReceiveOne(Least) is { } line)
        {
            if (line is "w: PreStart")
            {
                started.Add(Time!.Elapsed);
            }
        }

        Assert.Equal(many, started.Count);
        Assert.All(started, at => Assert.InRange(at, Least, 1.5 * Least));
        Assert.True(started.Distinct().Count() > many / 2, "a random factor that adds nothing");
    }

    [Fact]
    public void OnFailure_ChildFails_ExpectItIsStoppedAndStartedAgainAfterTheDelay()
    {
        var supervisor = Supervise(Backoff.OnFailure(Worker.Props(TestActor), "child", Least, Most, 0, -1).WithManualReset());
        foreach (var delay in new[] { 1, 2, 4, 8, 8 })
        {
            ExpectInOrder("w: ctor", "w: PreStart");
            supervisor.Ref.Tell(new Fail(), TestActor);
            ExpectMsg("w: PostStop");
            ExpectNoMsg((delay * Second) - TimeSpan.FromTicks(1));
            Advance(TimeSpan.FromTicks(1));
        }
    }

    [Fact]
    public void OnFailure_ChildStopsItself_ExpectTheSupervisorEnds()
    {
        var supervisor = Supervise(Backoff.OnFailure(Worker.Props(CreateTestProbe().Ref), "child", Least, Most, 0, -1));
        Watch(supervisor.Ref);
        supervisor.Child.Tell(PoisonPill.Instance, ActorRefs.NoSender);
        ExpectTerminated(supervisor.Ref);
    }

    [Fact]
    public void Message_WithAChild_ExpectItIsHandedOnWithItsSender()
    {
        var supervisor = Supervise(Backoff.OnStop(Fun.Of((message, context) => context.Sender.Tell(message)), "child", Least, Most, 0, -1));
        supervisor.Ref.Tell("hello", TestActor);
        ExpectMsgFrom(supervisor.Child, "hello");
    }

    [Fact]
    public void Message_OfTheChild_ExpectItGoesToTheParent()
    {
        var child = Fun.Of((message, context) => context.Parent.Tell($"child says {message}"));
        var supervisor = ChildActorOf(BackoffSupervisor.Props(Backoff.OnStop(child, "child", Least, Most, 0, -1)));
        supervisor.Tell("hello", TestActor);
        ExpectMsg("child says hello");
    }

    [Fact]
    public void Message_WhileTheChildIsStopped_ExpectADeadLetter()
    {
        var dead = Listen<DeadLetter>();
        var supervisor = Stopped(Backoff.OnStop(Worker.Props(CreateTestProbe().Ref), "child", Least, Most, 0, -1));
        supervisor.Tell("hello", TestActor);
        dead.ExpectMsg<DeadLetter>(letter => letter.Message.Equals("hello") && letter.Sender.Equals(TestActor));
    }

    [Fact]
    public void Message_WhileTheChildIsStoppedAndAReplyIsGiven_ExpectTheReply()
    {
        var supervisor = Stopped(Backoff.OnStop(Worker.Props(CreateTestProbe().Ref), "child", Least, Most, 0, -1).WithReplyWhileStopped("later"));
        supervisor.Tell("hello", TestActor);
        ExpectMsg("later");
    }

    [Fact]
    public void AutoReset_ChildLivedLongEnough_ExpectTheCountStartsAnew()
    {
        var supervisor = Supervise(Backoff.OnStop(Worker.Props(CreateTestProbe().Ref), "child", Least, Most, 0, -1).WithAutoReset(5 * Second));
        supervisor.Child.Tell(PoisonPill.Instance, ActorRefs.NoSender);
        AwaitRest();
        Advance(Least);
        Assert.Equal(1, supervisor.Restarts);
        Advance((5 * Second) - TimeSpan.FromTicks(1));
        Assert.Equal(1, supervisor.Restarts);
        Advance(TimeSpan.FromTicks(1));
        Assert.Equal(0, supervisor.Restarts);
    }

    [Fact]
    public void AutoReset_ChildStoppedAgainMeanwhile_ExpectTheCountGoesOn()
    {
        var supervisor = Supervise(Backoff.OnStop(Worker.Props(CreateTestProbe().Ref), "child", Least, Most, 0, -1).WithAutoReset(5 * Second));
        for (var i = 0; i < 2; i++)
        {
            supervisor.Child.Tell(PoisonPill.Instance, ActorRefs.NoSender);
            AwaitRest();
            Advance(2 * Second);
        }

        Assert.Equal(2, supervisor.Restarts);
        Advance(4 * Second);
        Assert.Equal(2, supervisor.Restarts);
    }

    [Fact]
    public void ManualReset_ResetIsSent_ExpectTheCountStartsAnew()
    {
        var supervisor = Supervise(Backoff.OnStop(Worker.Props(CreateTestProbe().Ref), "child", Least, Most, 0, -1).WithManualReset());
        supervisor.Child.Tell(PoisonPill.Instance, ActorRefs.NoSender);
        AwaitRest();
        Advance(Least);
        Assert.Equal(1, supervisor.Restarts);
        supervisor.Ref.Tell(BackoffSupervisor.Reset.Instance, TestActor);
        Assert.Equal(0, supervisor.Restarts);
    }

    [Fact]
    public void MaxNrOfRetries_OnStop_ExpectTheSupervisorEndsWithOneStopMore()
    {
        var supervisor = Supervise(Backoff.OnStop(Worker.Props(CreateTestProbe().Ref), "child", Least, Most, 0, 2).WithManualReset());
        Watch(supervisor.Ref);
        for (var i = 0; i < 2; i++)
        {
            supervisor.Child.Tell(PoisonPill.Instance, ActorRefs.NoSender);
            AwaitRest();
            ExpectNoMsg(Most);
        }

        supervisor.Child.Tell(PoisonPill.Instance, ActorRefs.NoSender);
        ExpectTerminated(supervisor.Ref);
    }

    [Fact]
    public void MaxNrOfRetries_OnFailure_ExpectTheSupervisorEndsWithOneFailureMore()
    {
        var supervisor = Supervise(Backoff.OnFailure(Worker.Props(CreateTestProbe().Ref), "child", Least, Most, 0, 2).WithManualReset());
        Watch(supervisor.Ref);
        for (var i = 0; i < 2; i++)
        {
            supervisor.Ref.Tell(new Fail(), TestActor);
            AwaitRest();
            ExpectNoMsg(Most);
        }

        supervisor.Ref.Tell(new Fail(), TestActor);
        ExpectTerminated(supervisor.Ref);
    }

    [Fact]
    public void FinalStopMessage_ThenTheChildStops_ExpectTheSupervisorEndsToo()
    {
        var supervisor = Supervise(Backoff.OnStop(Worker.Props(CreateTestProbe().Ref), "child", Least, Most, 0, -1)
            .WithFinalStopMessage(message => message is "last"));
        Watch(supervisor.Ref);
        supervisor.Ref.Tell("last", TestActor);
        supervisor.Child.Tell(PoisonPill.Instance, ActorRefs.NoSender);
        ExpectTerminated(supervisor.Ref);
    }

    [Fact]
    public void FinalStopMessage_WhileTheChildIsStopped_ExpectTheSupervisorEnds()
    {
        var supervisor = Stopped(Backoff.OnStop(Worker.Props(CreateTestProbe().Ref), "child", Least, Most, 0, -1)
            .WithFinalStopMessage(message => message is "last"));
        Watch(supervisor);
        supervisor.Tell("last", TestActor);
        ExpectTerminated(supervisor);
    }

    [Fact]
    public void SupervisorStrategy_OnFailureDecidesToResume_ExpectTheChildGoesOn()
    {
        var supervisor = Supervise(Backoff.OnFailure(Worker.Props(TestActor), "child", Least, Most, 0, -1)
            .WithSupervisorStrategy(new OneForOneStrategy(_ => Directive.Resume)));
        supervisor.Ref.Tell(new Fail(), TestActor);
        supervisor.Ref.Tell("still here", TestActor);
        ExpectInOrder("w: ctor", "w: PreStart", "w: still here");
    }

    [Fact]
    public void Stop_WhileWaitingToStartTheChild_ExpectNoChildAndNoDeadLetter()
    {
        var dead = Listen<DeadLetter>();
        var supervisor = Stopped(Backoff.OnStop(Worker.Props(TestActor), "child", Least, Most, 0, -1));
        ReceiveN(3);
        Sys.Stop(supervisor);
        ExpectNoMsg(10 * Second);
        dead.ExpectNoMsg();
    }

    private Supervised Supervise(BackoffOptions options) => new(this, Sys.ActorOf(BackoffSupervisor.Props(options)));

    /// <summary>A supervisor whose child was stopped and waits for its delay.</summary>
    private IActorRef Stopped(BackoffOptions options)
    {
        var supervisor = Supervise(options);
        supervisor.Child.Tell(PoisonPill.Instance, ActorRefs.NoSender);
        AwaitRest();
        return supervisor.Ref;
    }

    private sealed class Supervised(TestKitBase kit, IActorRef supervisor)
    {
        public IActorRef Ref => supervisor;

        public IActorRef Child => Ask<BackoffSupervisor.CurrentChild>(BackoffSupervisor.GetCurrentChild.Instance).Ref!;

        public int Restarts => Ask<BackoffSupervisor.RestartCount>(BackoffSupervisor.GetRestartCount.Instance).Count;

        private T Ask<T>(object question)
        {
            var asker = kit.CreateTestProbe();
            asker.Send(supervisor, question);
            return asker.ExpectMsg<T>();
        }
    }
}
