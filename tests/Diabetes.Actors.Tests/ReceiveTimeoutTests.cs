namespace Diabetes.Actors.Tests;

/// <summary>An actor that asked for it hears ReceiveTimeout when nothing came for that long.</summary>
public sealed class ReceiveTimeoutTests : KernelTest
{
    [Fact]
    public void SetReceiveTimeout_Silence_ExpectReceiveTimeout()
    {
        var actor = NewPatient();
        actor.Tell(new Patience(Second), TestActor);
        ExpectNoMsg(Second - TimeSpan.FromTicks(1));
        Advance(TimeSpan.FromTicks(1));
        ExpectMsg("ReceiveTimeout");
    }

    [Fact]
    public void SetReceiveTimeout_InTheConstructorWithoutAnyMessage_ExpectReceiveTimeout()
    {
        Sys.ActorOf(Props.Create(() => new ImpatientFromBirth(TestActor)));
        AwaitRest();
        Advance(Second);
        ExpectMsg("ReceiveTimeout");
    }

    [Fact]
    public void SetReceiveTimeout_LongSilence_ExpectItAgainAfterEachPeriod()
    {
        var actor = NewPatient();
        actor.Tell(new Patience(Second), TestActor);
        for (var i = 0; i < 3; i++)
        {
            ExpectNoMsg(Second - TimeSpan.FromTicks(1));
            Advance(TimeSpan.FromTicks(1));
            ExpectMsg("ReceiveTimeout");
        }
    }

    [Fact]
    public void Message_BeforeTheTimeout_ExpectTheWaitStartsAnew()
    {
        var actor = NewPatient();
        actor.Tell(new Patience(Second), TestActor);
        for (var i = 0; i < 5; i++)
        {
            ExpectNoMsg(0.9 * Second);
            actor.Tell("hello", TestActor);
            ExpectMsg("hello");
        }

        ExpectNoMsg(Second - TimeSpan.FromTicks(1));
        Advance(TimeSpan.FromTicks(1));
        ExpectMsg("ReceiveTimeout");
    }

    [Fact]
    public void MessageThatDoesNotInfluence_BeforeTheTimeout_ExpectTheWaitGoesOn()
    {
        var actor = NewPatient();
        actor.Tell(new Patience(Second), TestActor);
        ExpectNoMsg(0.9 * Second);
        var transparent = new Transparent();
        actor.Tell(transparent, TestActor);
        ExpectMsg(transparent);
        ExpectNoMsg((0.1 * Second) - TimeSpan.FromTicks(1));
        Advance(TimeSpan.FromTicks(1));
        ExpectMsg("ReceiveTimeout");
    }

    [Fact]
    public void SetReceiveTimeout_Null_ExpectNone()
    {
        var actor = NewPatient();
        actor.Tell(new Patience(Second), TestActor);
        actor.Tell(new Patience(null), TestActor);
        ExpectNoMsg(10 * Second);
        Assert.Equal(0, Time!.ArmedTimers);
    }

    [Fact]
    public void SetReceiveTimeout_NullInATransparentMessage_ExpectNone()
    {
        var actor = NewPatient();
        actor.Tell(new Patience(Second), TestActor);
        actor.Tell(new TransparentPatience(null), TestActor);
        ExpectNoMsg(10 * Second);
    }

    [Fact]
    public void SetReceiveTimeout_InATransparentMessage_ExpectItStarts()
    {
        var actor = NewPatient();
        actor.Tell(new TransparentPatience(Second), TestActor);
        AwaitRest();
        Advance(Second);
        ExpectMsg("ReceiveTimeout");
    }

    [Fact]
    public void SetReceiveTimeout_OtherDuration_ExpectTheNewOne()
    {
        var actor = NewPatient();
        actor.Tell(new Patience(Second), TestActor);
        actor.Tell(new Patience(5 * Second), TestActor);
        ExpectNoMsg((5 * Second) - TimeSpan.FromTicks(1));
        Advance(TimeSpan.FromTicks(1));
        ExpectMsg("ReceiveTimeout");
    }

    [Fact]
    public void Stop_WhileWaiting_ExpectNoTimeoutAndNoDeadLetter()
    {
        var dead = Listen<AllDeadLetters>();
        var actor = NewPatient();
        actor.Tell(new Patience(Second), TestActor);
        actor.Tell(PoisonPill.Instance, TestActor);
        ExpectNoMsg(10 * Second);
        dead.ExpectNoMsg();
        Assert.Equal(0, Time!.ArmedTimers);
    }

    [Fact]
    public void SetReceiveTimeout_AfterAnAwait_ExpectItStarts()
    {
        var actor = Sys.ActorOf(Props.Create(() => new SetsAfterAwait(TestActor)));
        actor.Tell("go", TestActor);
        AwaitRest();
        Advance(Second);
        ExpectMsg("ReceiveTimeout");
    }

    private IActorRef NewPatient() => Sys.ActorOf(Props.Create(() => new Patient(TestActor)));

    private sealed record Patience(TimeSpan? Duration);

    private sealed record TransparentPatience(TimeSpan? Duration) : INotInfluenceReceiveTimeout;

    private sealed record Transparent : INotInfluenceReceiveTimeout;

    private sealed class Patient : ReceiveActor
    {
        public Patient(IActorRef probe)
        {
            Receive<ReceiveTimeout>(_ => probe.Tell("ReceiveTimeout"));
            Receive<Patience>(patience => Context.SetReceiveTimeout(patience.Duration));
            Receive<TransparentPatience>(patience => Context.SetReceiveTimeout(patience.Duration));
            ReceiveAny(message => probe.Tell(message));
        }
    }

    private sealed class ImpatientFromBirth : ReceiveActor
    {
        public ImpatientFromBirth(IActorRef probe)
        {
            Context.SetReceiveTimeout(Second);
            Receive<ReceiveTimeout>(_ => probe.Tell("ReceiveTimeout"));
        }
    }

    private sealed class SetsAfterAwait : ReceiveActor
    {
        public SetsAfterAwait(IActorRef probe)
        {
            Receive<ReceiveTimeout>(_ => probe.Tell("ReceiveTimeout"));
            ReceiveAsync<string>(async _ =>
            {
                await Task.Yield();
                Context.SetReceiveTimeout(Second);
            });
        }
    }
}
