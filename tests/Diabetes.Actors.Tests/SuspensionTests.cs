namespace Diabetes.Actors.Tests;

/// <summary>Between a failure and the decision about it nobody concerned handles messages; after a resume everybody does.</summary>
public sealed class SuspensionTests : KernelTest
{
    [Fact]
    public void Escalate_TheParentIsResumedTwice_ExpectTheChildCanFailAgain()
    {
        var causes = CreateTestProbe();
        var top = NewBoss(new OneForOneStrategy(cause =>
        {
            causes.Ref.Tell(cause.Message, ActorRefs.NoSender);
            return Directive.Resume;
        }));
        var middle = Hire(top, Props.Create(() => new Boss(new OneForOneStrategy(_ => Directive.Escalate))));
        var worker = Hire(middle, Worker.Props(TestActor));
        worker.Tell(new Fail("first"), TestActor);
        worker.Tell(new Fail("second"), TestActor);
        worker.Tell("still here", TestActor);
        causes.ExpectMsg("first");
        causes.ExpectMsg("second");
        ExpectInOrder("w: ctor", "w: PreStart", "w: still here");
    }

    [Fact]
    public void Failure_OfAParent_ExpectItsChildrenHandleNothingUntilTheDecision()
    {
        // Without threads, so that the child's turn comes for certain between the failure and the decision.
        var due = new List<Action>();
        var said = new List<string>();
        var system = ActorSystem.Create("steps", SetupOn(Time!, due.Add));
        IActorRef? parent = null, child = null;
        var toddler = Fun.Of((word, _) => said.Add((string)word));
        var grandparent = system.ActorOf(Props.Create(() => new Boss(new OneForOneStrategy(_ => Directive.Resume))));
        grandparent.Tell(new Hire(Props.Create(() => new Boss(null)), "parent"), system.ActorOf(Fun.Of((made, _) => parent = (IActorRef)made)));
        RunAll();
        parent!.Tell(new Hire(toddler, "child"), system.ActorOf(Fun.Of((made, _) => child = (IActorRef)made)));
        RunAll();

        parent.Tell(new Fail(), ActorRefs.NoSender);
        Run(parent);
        child!.Tell("word", ActorRefs.NoSender);
        Run(child);
        Assert.Empty(said);
        RunAll();
        Assert.Equal(["word"], said);

        void Run(IActorRef actor)
        {
            var step = due.Single(step => ReferenceEquals(step.Target, actor));
            due.Remove(step);
            step();
        }

        void RunAll()
        {
            while (due.Count > 0)
            {
                Run((IActorRef)due[0].Target!);
            }
        }
    }
}
