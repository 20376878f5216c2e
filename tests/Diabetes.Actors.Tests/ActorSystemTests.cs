namespace Diabetes.Actors.Tests;

/// <summary>A system begins with its guardians and ends with every actor ended.</summary>
public sealed class ActorSystemTests : KernelTest
{
    [Fact]
    public async Task Terminate_ActorsAlive_ExpectEachEndsAndTheTaskCompletes()
    {
        var ended = 0;
        Action count = () => Interlocked.Increment(ref ended);
        for (var i = 0; i < 50; i++)
        {
            Sys.ActorOf(Props.Create(() => new CountsItsEnd(count)));
        }

        Assert.False(Sys.WhenTerminated.IsCompleted);
        await Sys.Terminate().WaitAsync(SafetyNet);
        Assert.True(Sys.WhenTerminated.IsCompletedSuccessfully);
        Assert.Equal(50, ended);
    }

    [Fact]
    public async Task Terminate_Twice_ExpectOneEnd()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(Sys.Terminate))).WaitAsync(SafetyNet);
        await Sys.Terminate().WaitAsync(SafetyNet);
    }

    [Fact]
    public async Task Terminate_AnActorWithMessages_ExpectTheyAreNotHandled()
    {
        var handled = 0;
        var gate = new TestLatch();
        Action count = () => handled++;
        var actor = Sys.ActorOf(Props.Create(() => new Gated(count)));
        actor.Tell(gate, TestActor);
        actor.Tell("never", TestActor);
        AwaitRest();
        await Sys.Terminate().WaitAsync(SafetyNet);
        gate.Open();
        Assert.Equal(0, handled);
    }

    [Fact]
    public async Task RegisterOnTermination_BeforeTheEnd_ExpectTheCall()
    {
        var calls = 0;
        Sys.RegisterOnTermination(() => Interlocked.Increment(ref calls));
        Sys.RegisterOnTermination(() => Interlocked.Increment(ref calls));
        await Sys.Terminate().WaitAsync(SafetyNet);
        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task ActorOf_AfterTheEnd_ExpectRefusal()
    {
        await Sys.Terminate().WaitAsync(SafetyNet);
        Assert.Throws<InvalidOperationException>(() => Sys.ActorOf(Fun.Of((_, _) => { })));
    }

    [Fact]
    public async Task Tell_AfterTheEnd_ExpectNoException()
    {
        var actor = Sys.ActorOf(Fun.Of((_, _) => { }));
        await Sys.Terminate().WaitAsync(SafetyNet);
        actor.Tell("too late", ActorRefs.NoSender);
        Sys.DeadLetters.Tell("too late", ActorRefs.NoSender);
        Sys.EventStream.Publish("too late");
    }

    [Fact]
    public async Task Dispose_ASystem_ExpectItEnds()
    {
        var system = ActorSystem.Create("disposable");
        system.Dispose();
        await system.WhenTerminated.WaitAsync(SafetyNet);
    }

    [Fact]
    public void Create_Name_ExpectItInPathsAndUptimeOnTheSystemsClock()
    {
        Assert.Equal("test", Sys.Name);
        Assert.StartsWith("akka://test/", TestActor.Path.ToString(), StringComparison.Ordinal);
        Advance(Second);
        Assert.Equal(Second, Sys.Uptime);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("-a")]
    [InlineData("a/b")]
    public void Create_NameThatNoSystemMayHave_ExpectRefusal(string name) => Assert.Throws<ArgumentException>(() => ActorSystem.Create(name));

    [Fact]
    public async Task Create_TwoSystems_ExpectTheyAreApart()
    {
        using var other = ActorSystem.Create("other");
        var actor = other.ActorOf(Fun.Of((message, context) => context.Sender.Tell(message)), "same");
        Sys.ActorOf(Fun.Of((_, _) => { }), "same");
        actor.Tell("over the border", TestActor);
        ExpectMsg("over the border");
        await other.Terminate().WaitAsync(SafetyNet);
        Assert.False(Sys.WhenTerminated.IsCompleted);
    }

    [Fact]
    public void Identify_AnActor_ExpectItsIdentity()
    {
        var actor = Sys.ActorOf(Fun.Of((_, _) => { }), "who");
        actor.Tell(new Identify("question 1"), TestActor);
        ExpectMsg<ActorIdentity>(identity => Equals(identity.MessageId, "question 1") && actor.Equals(identity.Subject));
    }

    private sealed class CountsItsEnd(Action ended) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
        }

        protected override void PostStop() => ended();
    }

    private sealed class Gated : ReceiveActor
    {
        public Gated(Action handled)
        {
            ReceiveAsync<TestLatch>(latch => latch.Opened);
            ReceiveAny(_ => handled());
        }
    }
}
