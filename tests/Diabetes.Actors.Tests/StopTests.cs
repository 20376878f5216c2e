namespace Diabetes.Actors.Tests;

/// <summary>The ways to end an actor: at once, behind its messages, by a failure, by appointment. Children end first.</summary>
public sealed class StopTests : KernelTest
{
    [Fact]
    public void Stop_Self_ExpectTheMessageIsFinishedAndNoOtherHandled()
    {
        var actor = Sys.ActorOf(Fun.Of((message, context) =>
        {
            context.Stop(context.Self);
            TestActor.Tell($"finished {message}");
        }));
        Watch(actor);
        actor.Tell("1", TestActor);
        actor.Tell("2", TestActor);
        ExpectMsg("finished 1");
        ExpectTerminated(actor);
        ExpectNoMsg();
    }

    [Fact]
    public void Stop_MailboxNotEmpty_ExpectNoneOfItIsHandled()
    {
        var actor = Sys.ActorOf(Worker.Props(TestActor));
        var gate = new TestLatch();
        ExpectInOrder("w: ctor", "w: PreStart");
        actor.Tell(gate, TestActor);
        actor.Tell("never", TestActor);
        AwaitRest();
        Sys.Stop(actor);
        gate.Open();
        ExpectMsg("w: PostStop");
        ExpectNoMsg();
    }

    [Fact]
    public void Stop_Twice_ExpectOneEnd()
    {
        var actor = Sys.ActorOf(Worker.Props(TestActor));
        Sys.Stop(actor);
        Sys.Stop(actor);
        ExpectInOrder("w: ctor", "w: PreStart", "w: PostStop");
        Sys.Stop(actor);
        ExpectNoMsg();
    }

    [Fact]
    public void Stop_InTheConstructor_ExpectBirthAndEnd()
    {
        var actor = Sys.ActorOf(Props.Create(() => new StopsAtBirth(TestActor)));
        Watch(actor);
        var heard = ReceiveN(3);
        Assert.Equal(["PreStart", "PostStop"], heard.OfType<string>());
        Assert.Single(heard.OfType<Terminated>());
    }

    [Fact]
    public void PoisonPill_BehindMessages_ExpectThoseAreHandledFirst()
    {
        var actor = Sys.ActorOf(Worker.Props(TestActor));
        actor.Tell("1", TestActor);
        actor.Tell("2", TestActor);
        actor.Tell(PoisonPill.Instance, TestActor);
        actor.Tell("3", TestActor);
        ExpectInOrder("w: ctor", "w: PreStart", "w: 1", "w: 2", "w: PostStop");
        ExpectNoMsg();
    }

    [Fact]
    public void Kill_BehindMessages_ExpectThoseAreHandledFirstAndThenTheEnd()
    {
        var actor = Sys.ActorOf(Worker.Props(TestActor));
        actor.Tell("1", TestActor);
        actor.Tell(Kill.Instance, TestActor);
        actor.Tell("2", TestActor);
        ExpectInOrder("w: ctor", "w: PreStart", "w: 1", "w: PostStop");
        ExpectNoMsg();
    }

    [Fact]
    public void Stop_AParent_ExpectEveryDescendantEndsBeforeItsOwnParent()
    {
        var root = Sys.ActorOf(Props.Create(() => new Tree(TestActor, 4)), "0");
        ExpectMsg("grown", hint: "a tree of 1 + 3 + 9 + 27 + 81 actors");
        Sys.Stop(root);
        var ended = ReceiveN(121).Cast<string>().ToList();
        Assert.Equal(121, ended.Distinct().Count());
        var place = ended.Select((path, at) => (path, at)).ToDictionary(pair => pair.path, pair => pair.at);
        Assert.All(ended.Where(path => path != "/user/0"), path => Assert.True(place[path] < place[path[..path.LastIndexOf('/')]], path));
        ExpectNoMsg();
    }

    [Fact]
    public void Stop_AChild_ExpectTheParentGoesOnAndForgetsIt()
    {
        var boss = Sys.ActorOf(Props.Create(() => new Headcount()));
        boss.Tell(new Hire(Fun.Of((_, _) => { }), "child"), TestActor);
        var child = ExpectMsg<IActorRef>();
        boss.Tell("count", TestActor);
        ExpectMsg(1);
        Watch(child);
        boss.Tell("fire", TestActor);
        ExpectTerminated(child);
        AwaitRest();
        boss.Tell("count", TestActor);
        ExpectMsg(0);
    }

    [Fact]
    public async Task GracefulStop_ActorEndsInTime_ExpectTrue()
    {
        var actor = Sys.ActorOf(Worker.Props(TestActor));
        Assert.True(await actor.GracefulStop(Second).WaitAsync(SafetyNet));
        ExpectInOrder("w: ctor", "w: PreStart", "w: PostStop");
    }

    [Fact]
    public async Task GracefulStop_ActorAlreadyDead_ExpectTrue()
    {
        var actor = Sys.ActorOf(Fun.Of((_, _) => { }));
        Watch(actor);
        Sys.Stop(actor);
        ExpectTerminated(actor);
        Assert.True(await actor.GracefulStop(Second).WaitAsync(SafetyNet));
    }

    [Fact]
    public async Task GracefulStop_ActorDoesNotEndInTime_ExpectFalse()
    {
        var actor = Sys.ActorOf(Worker.Props(CreateTestProbe().Ref));
        var gate = new TestLatch();
        actor.Tell(gate, TestActor);
        var stopped = actor.GracefulStop(Second);
        Advance(Second - TimeSpan.FromTicks(1));
        Assert.False(stopped.IsCompleted);
        Advance(TimeSpan.FromTicks(1));
        Assert.False(await stopped.WaitAsync(SafetyNet));
        gate.Open();
    }

    [Fact]
    public async Task GracefulStop_OwnStopMessage_ExpectTheActorDecidesWhen()
    {
        var actor = Sys.ActorOf(Fun.Of((message, context) =>
        {
            TestActor.Tell(message);
            if (message is "please")
            {
                context.Stop(context.Self);
            }
        }));
        Assert.True(await actor.GracefulStop(Second, "please").WaitAsync(SafetyNet));
        ExpectMsg("please");
    }

    [Fact]
    public void ActorOf_InPostStop_ExpectRefusal()
    {
        var actor = Sys.ActorOf(Props.Create(() => new WantsChildrenToTheLast(TestActor)));
        Sys.Stop(actor);
        ExpectMsg<InvalidOperationException>();
    }

    [Fact]
    public void Stop_AChildOfAnother_ExpectItEnds()
    {
        var child = Hire(NewBoss(), Worker.Props(CreateTestProbe().Ref));
        Watch(child);
        Sys.Stop(child);
        ExpectTerminated(child);
    }

    [Fact]
    public void Stop_WhileChildrenEnd_ExpectTheParentHandlesNothingMore()
    {
        var held = new TestLatch();
        var dead = Listen<DeadLetter>();
        var parent = Sys.ActorOf(Props.Create(() => new ParentOfSlow(TestActor, held)));
        parent.Tell("1", TestActor);
        ExpectMsg("1");
        Sys.Stop(parent);
        ExpectMsg("child stopping");
        parent.Tell("2", TestActor);
        held.Open();
        dead.ExpectMsg<DeadLetter>(letter => letter.Message.Equals("2"));
        ExpectMsg("parent stopped");
        ExpectNoMsg();
    }

    private sealed class StopsAtBirth : ReceiveActor
    {
        private readonly IActorRef _probe;

        public StopsAtBirth(IActorRef probe)
        {
            _probe = probe;
            Context.Stop(Self);
        }

        protected override void PreStart() => _probe.Tell("PreStart");

        protected override void PostStop() => _probe.Tell("PostStop");
    }

    private sealed class Tree : ReceiveActor
    {
        private readonly IActorRef _probe;
        private int _growing = 3;

        public Tree(IActorRef probe, int depth)
        {
            _probe = probe;
            if (depth == 0)
            {
                Grown();
                return;
            }

            for (var i = 0; i < 3; i++)
            {
                Context.ActorOf(Props.Create(() => new Tree(probe, depth - 1)), $"{i}");
            }

            Receive<string>(_ =>
            {
                if (--_growing == 0)
                {
                    Grown();
                }
            });
        }

        protected override void PostStop() => _probe.Tell(Self.Path.ToStringWithoutAddress());

        private void Grown() => (Context.Parent.Path.Name == "user" ? _probe : Context.Parent).Tell("grown");
    }

    private sealed class Headcount : ReceiveActor
    {
        public Headcount()
        {
            Receive<Hire>(hire => Sender.Tell(Context.ActorOf(hire.Props, hire.Name)));
            Receive<string>(text => text == "count", _ => Sender.Tell(Context.GetChildren().Count()));
            Receive<string>(text => text == "fire", _ => Context.Stop(Context.Child("child")));
        }
    }

    private sealed class WantsChildrenToTheLast(IActorRef probe) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
        }

        protected override void PostStop()
        {
            try
            {
                Context.ActorOf(Fun.Of((_, _) => { }));
            }
            catch (InvalidOperationException refusal)
            {
                probe.Tell(refusal);
            }
        }
    }

    private sealed class ParentOfSlow : ReceiveActor
    {
        private readonly IActorRef _probe;

        public ParentOfSlow(IActorRef probe, TestLatch held)
        {
            _probe = probe;
            Context.ActorOf(Props.Create(() => new SlowToEnd(probe, held)));
            ReceiveAny(message => probe.Tell(message));
        }

        protected override void PostStop() => _probe.Tell("parent stopped");
    }

    private sealed class SlowToEnd(IActorRef probe, TestLatch held) : UntypedActor
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
}
