namespace Diabetes.Actors.Tests;

/// <summary>A shutdown runs its phases in order, each to its end or its deadline, once; then the system is gone.</summary>
public sealed class CoordinatedShutdownTests : KernelTest
{
    private static readonly string[] Phases =
    [
        CoordinatedShutdown.PhaseBeforeServiceUnbind,
        CoordinatedShutdown.PhaseServiceUnbind,
        CoordinatedShutdown.PhaseServiceRequestsDone,
        CoordinatedShutdown.PhaseServiceStop,
        CoordinatedShutdown.PhaseBeforeClusterShutdown,
        CoordinatedShutdown.PhaseClusterShardingShutdownRegion,
        CoordinatedShutdown.PhaseClusterLeave,
        CoordinatedShutdown.PhaseClusterExiting,
        CoordinatedShutdown.PhaseClusterExitingDone,
        CoordinatedShutdown.PhaseClusterShutdown,
        CoordinatedShutdown.PhaseBeforeActorSystemTerminate,
        CoordinatedShutdown.PhaseActorSystemTerminate,
    ];

    private readonly List<string> _ran = [];

    private CoordinatedShutdown Shutdowner => CoordinatedShutdown.Get(Sys);

    [Fact]
    public async Task Run_TasksInEveryPhase_ExpectThePhasesInOrder()
    {
        foreach (var phase in Phases.Reverse())
        {
            Shutdowner.AddTask(phase, $"note {phase}", () => Note(phase));
        }

        await Run();
        Assert.Equal(Phases, _ran);
    }

    [Fact]
    public async Task Run_ALaterPhase_ExpectItWaitsForEveryTaskOfTheEarlier()
    {
        var held = new TestLatch();
        Shutdowner.AddTask(CoordinatedShutdown.PhaseServiceUnbind, "quick", () => Note("quick"));
        Shutdowner.AddTask(CoordinatedShutdown.PhaseServiceUnbind, "slow", async () =>
        {
            await held.Opened;
            return await Note("slow");
        });
        Shutdowner.AddTask(CoordinatedShutdown.PhaseServiceStop, "later", () => Note("later"));
        var run = Run();
        AwaitCondition(() => Ran().Contains("quick"));
        Assert.DoesNotContain("later", Ran());
        held.Open();
        await run;
        Assert.Equal(["quick", "slow", "later"], _ran);
    }

    [Fact]
    public async Task Run_ATaskNeverEnds_ExpectThePhasesDeadlineAndThenTheNext()
    {
        var entered = new TestLatch();
        Shutdowner.AddTask(CoordinatedShutdown.PhaseServiceUnbind, "stuck", () =>
        {
            entered.Open();
            return new TaskCompletionSource<Done>().Task;
        });
        Shutdowner.AddTask(CoordinatedShutdown.PhaseServiceStop, "later", () => Note("later"));
        var run = Run();
        entered.Ready();
        var deadline = Shutdowner.Timeout(CoordinatedShutdown.PhaseServiceUnbind);
        await Time!.WaitForTimersAsync(1).WaitAsync(SafetyNet);
        Time.Advance(deadline - TimeSpan.FromTicks(1));
        Assert.Empty(Ran());
        Time.Advance(TimeSpan.FromTicks(1));
        await run;
        Assert.Equal(["later"], _ran);
    }

    [Fact]
    public async Task Run_ATaskFails_ExpectTheOthersAndTheLaterPhasesRun()
    {
        Shutdowner.AddTask(CoordinatedShutdown.PhaseServiceUnbind, "fails late", async () =>
        {
            await Task.Yield();
            throw new BoomException("task");
        });
        Shutdowner.AddTask(CoordinatedShutdown.PhaseServiceUnbind, "fails at once", () => throw new BoomException("task"));
        Shutdowner.AddTask(CoordinatedShutdown.PhaseServiceUnbind, "works", () => Note("works"));
        Shutdowner.AddTask(CoordinatedShutdown.PhaseServiceStop, "later", () => Note("later"));
        await Run();
        Assert.Equal(["works", "later"], _ran);
    }

    [Fact]
    public async Task Run_Twice_ExpectEveryTaskOnceAndTheFirstReason()
    {
        var reason = new OwnReason();
        Assert.Null(Shutdowner.ShutdownReason);
        Shutdowner.AddTask(CoordinatedShutdown.PhaseServiceUnbind, "once", () => Note("once"));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Shutdowner.Run(reason)))).WaitAsync(SafetyNet);
        await Run();
        Assert.Equal(["once"], _ran);
        Assert.Same(reason, Shutdowner.ShutdownReason);
    }

    [Fact]
    public async Task Run_FromAPhase_ExpectTheEarlierAreSkipped()
    {
        foreach (var phase in Phases)
        {
            Shutdowner.AddTask(phase, $"note {phase}", () => Note(phase));
        }

        await Shutdowner.Run(CoordinatedShutdown.UnknownReason.Instance, CoordinatedShutdown.PhaseServiceStop).WaitAsync(SafetyNet);
        Assert.Equal(Phases.SkipWhile(phase => phase != CoordinatedShutdown.PhaseServiceStop), _ran);
    }

    [Fact]
    public async Task AddTask_WhileItRuns_ExpectATaskOfALaterPhaseIsRun()
    {
        Shutdowner.AddTask(CoordinatedShutdown.PhaseServiceUnbind, "adds", () =>
        {
            Shutdowner.AddTask(CoordinatedShutdown.PhaseServiceStop, "added", () => Note("added"));
            return Note("adds");
        });
        await Run();
        Assert.Equal(["adds", "added"], _ran);
    }

    [Fact]
    public void AddTask_UnknownPhase_ExpectRefusal() =>
        Assert.Throws<ArgumentException>(() => Shutdowner.AddTask("no-such-phase", "task", () => Note("never")));

    [Fact]
    public async Task Run_ToTheEnd_ExpectTheSystemIsTerminated()
    {
        var stopped = new TestLatch();
        Sys.ActorOf(Props.Create(() => new OpensAtItsEnd(stopped)));
        await Run();
        Assert.True(Sys.WhenTerminated.IsCompleted);
        Assert.True(stopped.IsOpen);
    }

    [Fact]
    public async Task Terminate_TheSystem_ExpectTheShutdownsTasksRun()
    {
        Shutdowner.AddTask(CoordinatedShutdown.PhaseServiceUnbind, "task", () => Note("task"));
        await Sys.Terminate().WaitAsync(SafetyNet);
        Assert.Equal(["task"], Ran());
        Assert.IsType<CoordinatedShutdown.ActorSystemTerminateReason>(Shutdowner.ShutdownReason);
    }

    [Fact]
    public async Task Run_ATaskAsksAnActor_ExpectTheActorsStillWork()
    {
        var actor = Sys.ActorOf(Fun.Of((message, context) => context.Sender.Tell(message)));
        Shutdowner.AddTask(CoordinatedShutdown.PhaseBeforeActorSystemTerminate, "asks", async () =>
            await Note(await actor.Ask<string>("still here", Timeout.InfiniteTimeSpan)));
        await Run();
        Assert.Equal(["still here"], _ran);
    }

    private Task<Done> Run() => Shutdowner.Run(CoordinatedShutdown.UnknownReason.Instance).WaitAsync(SafetyNet);

    private Task<Done> Note(string what)
    {
        lock (_ran)
        {
            _ran.Add(what);
        }

        return Task.FromResult(Done.Instance);
    }

    private List<string> Ran()
    {
        lock (_ran)
        {
            return [.. _ran];
        }
    }

    private sealed class OpensAtItsEnd(TestLatch stopped) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
        }

        protected override void PostStop() => stopped.Open();
    }

    private sealed class OwnReason : CoordinatedShutdown.Reason;
}
