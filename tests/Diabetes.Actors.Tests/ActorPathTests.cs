namespace Diabetes.Actors.Tests;

/// <summary>Where actors live, and what they may be called.</summary>
public sealed class ActorPathTests : KernelTest
{
    private static readonly Props Idle = Fun.Of((_, _) => { });

    [Fact]
    public void Path_OfAChild_ExpectSystemGuardianAndNames()
    {
        var parent = NewBoss(name: "parent");
        var child = Hire(parent, Idle, "child");
        Assert.Equal("akka://test/user/parent/child", child.Path.ToString());
        Assert.Equal("/user/parent/child", child.Path.ToStringWithoutAddress());
        Assert.Equal("child", child.Path.Name);
        Assert.Equal(["user", "parent", "child"], child.Path.Elements);
        Assert.Equal(parent.Path, child.Path.Parent);
        Assert.Equal(parent.Path / "child", child.Path);
        Assert.Equal("test", child.Path.Address.System);
    }

    [Fact]
    public void Parse_APath_ExpectItEqualsTheOriginal()
    {
        var actor = Sys.ActorOf(Idle, "a");
        var parsed = ActorPath.Parse(actor.Path.ToString());
        Assert.Equal(actor.Path, parsed);
        Assert.Equal(actor.Path.GetHashCode(), parsed.GetHashCode());
        Assert.True(actor.Path == parsed);
        Assert.True(actor.Path != parsed / "b");
    }

    [Fact]
    public void Reference_ToString_ExpectItsPathAndItsIncarnation()
    {
        var actor = Sys.ActorOf(Idle, "a");
        Assert.Equal($"[akka://test/user/a#{actor.Path.Uid}]", actor.ToString());
    }

    [Fact]
    public void Reference_SameNameAgain_ExpectAnotherReferenceAtAnEqualPath()
    {
        var first = Sys.ActorOf(Idle, "a");
        Watch(first);
        Sys.Stop(first);
        ExpectTerminated(first);
        // A name is free once the parent has heard; other watchers may hear before it.
        AwaitRest();
        var second = Sys.ActorOf(Idle, "a");
        Assert.Equal(first.Path, second.Path);
        Assert.NotEqual(first.Path.Uid, second.Path.Uid);
        Assert.NotEqual(first, second);
    }

    [Fact]
    public void Reference_InASet_ExpectEqualityOfTheActor()
    {
        var boss = NewBoss();
        var child = Hire(boss, Fun.Of((_, context) => context.Sender.Tell(context.Self)), "child");
        child.Tell("self?", TestActor);
        var itself = ExpectMsg<IActorRef>();
        Assert.Equal(child, itself);
        Assert.Equal(child.GetHashCode(), itself.GetHashCode());
    }

    [Fact]
    public void ActorOf_WithoutName_ExpectGeneratedNamesThatDiffer()
    {
        var names = Enumerable.Range(0, 1000).Select(_ => Sys.ActorOf(Idle).Path.Name).ToList();
        Assert.Equal(1000, names.Distinct().Count());
        Assert.All(names, name => Assert.StartsWith("$", name, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("$a")]
    [InlineData("ä")]
    [InlineData("a#1")]
    [InlineData("a%")]
    public void ActorOf_NameThatIsNoPathElement_ExpectInvalidActorNameException(string name)
    {
        var refusal = Assert.Throws<InvalidActorNameException>(() => Sys.ActorOf(Idle, name));
        Assert.Contains(name, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("1730027639.447099")]
    [InlineData("a-b_c.d*e+f:g@h&i=j,k!l~m';n()")]
    [InlineData("a$")]
    public void ActorOf_NameOfAllowedCharacters_ExpectAnActor(string name)
    {
        Assert.True(ActorPath.IsValidPathElement(name));
        Assert.Equal(name, Sys.ActorOf(Idle, name).Path.Name);
    }

    [Fact]
    public void ActorOf_NameOfALivingSibling_ExpectInvalidActorNameException()
    {
        Sys.ActorOf(Idle, "taken");
        var refusal = Assert.Throws<InvalidActorNameException>(() => Sys.ActorOf(Idle, "taken"));
        Assert.Contains("taken", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ActorOf_NameOfAChildThatIsStillStopping_ExpectInvalidActorNameException()
    {
        var held = new TestLatch();
        var stopping = new TestLatch();
        var parent = Sys.ActorOf(Props.Create(() => new TriesAgain(TestActor, stopping, held)));
        parent.Tell("try", TestActor);
        ExpectMsg<InvalidActorNameException>();
        held.Open();
        ExpectMsg("free again");
    }

    [Fact]
    public void ActorOf_SameNameUnderOtherParents_ExpectBoth()
    {
        var (one, two) = (NewBoss(name: "one"), NewBoss(name: "two"));
        Assert.NotEqual(Hire(one, Idle, "same").Path, Hire(two, Idle, "same").Path);
    }

    [Fact]
    public void Child_ByName_ExpectItOrNobody()
    {
        var actor = Sys.ActorOf(Fun.Of((message, context) => context.Sender.Tell(context.Child((string)message))));
        actor.Tell("none", TestActor);
        Assert.Equal(ActorRefs.Nobody, ExpectMsg<IActorRef>());
    }

    private sealed class TriesAgain : ReceiveActor
    {
        public TriesAgain(IActorRef probe, TestLatch stopping, TestLatch held)
        {
            var child = Context.Watch(Context.ActorOf(Props.Create(() => new SlowToEnd(stopping, held)), "child"));
            Receive<string>(_ =>
            {
                Context.Stop(child);
                try
                {
                    Context.ActorOf(Idle, "child");
                }
                catch (InvalidActorNameException refusal)
                {
                    probe.Tell(refusal);
                }
            });
            Receive<Terminated>(_ =>
            {
                Context.ActorOf(Idle, "child");
                probe.Tell("free again");
            });
        }
    }

    private sealed class SlowToEnd(TestLatch stopping, TestLatch held) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
        }

        protected override void PostStop()
        {
            stopping.Open();
            held.Ready();
        }
    }
}
