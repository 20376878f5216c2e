namespace Diabetes.Actors.Tests;

/// <summary>An actor may take another behaviour, for good or on a stack; a restart brings back the first.</summary>
public sealed class BecomeTests : KernelTest
{
    [Fact]
    public void Become_NewBehaviour_ExpectItFromTheNextMessageOn()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Chameleon()));
        Says(actor, "first");
        actor.Tell("become", TestActor);
        Says(actor, "second");
    }

    [Fact]
    public void Become_MessagesAlreadyInTheMailbox_ExpectTheNewBehaviourHandlesThem()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Chameleon()));
        var gate = new TestLatch();
        actor.Tell(gate, TestActor);
        actor.Tell("become", TestActor);
        actor.Tell("say", TestActor);
        gate.Open();
        ExpectMsg("second");
    }

    [Fact]
    public void BecomeStacked_ThenUnbecome_ExpectTheOneBefore()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Chameleon()));
        actor.Tell("push", TestActor);
        Says(actor, "second");
        actor.Tell("push", TestActor);
        actor.Tell("pop", TestActor);
        Says(actor, "second");
        actor.Tell("pop", TestActor);
        Says(actor, "first");
    }

    [Fact]
    public void Become_OverAStack_ExpectTheTopIsReplaced()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Chameleon()));
        actor.Tell("push", TestActor);
        actor.Tell("become third", TestActor);
        Says(actor, "third");
        actor.Tell("pop", TestActor);
        Says(actor, "first");
    }

    [Fact]
    public void UnbecomeStacked_NothingPushed_ExpectTheFirstBehaviourStays()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Chameleon()));
        actor.Tell("pop", TestActor);
        actor.Tell("pop", TestActor);
        Says(actor, "first");
    }

    [Fact]
    public void Restart_AfterBecome_ExpectTheFirstBehaviour()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Chameleon()));
        actor.Tell("become", TestActor);
        actor.Tell("push", TestActor);
        actor.Tell(new Fail(), TestActor);
        Says(actor, "first");
        actor.Tell("push", TestActor);
        Says(actor, "second");
        actor.Tell("pop", TestActor);
        Says(actor, "first");
    }

    [Fact]
    public void Become_UntypedActor_ExpectTheGivenFunction()
    {
        var actor = Sys.ActorOf(Props.Create(() => new UntypedChameleon()));
        Says(actor, "first");
        actor.Tell("become", TestActor);
        Says(actor, "second");
        actor.Tell("pop", TestActor);
        Says(actor, "first");
    }

    [Fact]
    public void Become_InAnAsynchronousReceive_ExpectItForTheNextMessage()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Chameleon()));
        actor.Tell("become later", TestActor);
        actor.Tell("say", TestActor);
        ExpectMsg("second");
    }

    private void Says(IActorRef actor, string what)
    {
        actor.Tell("say", TestActor);
        ExpectMsg(what);
    }

    private sealed class Chameleon : ReceiveActor
    {
        public Chameleon() => Saying("first");

        private void Saying(string what)
        {
            ReceiveAsync<TestLatch>(latch => latch.Opened);
            Receive<Fail>(fail => throw new BoomException(fail.Reason));
            Receive<string>(text => text == "say", _ => Sender.Tell(what));
            Receive<string>(text => text == "become", _ => Become(() => Saying("second")));
            Receive<string>(text => text == "become third", _ => Become(() => Saying("third")));
            Receive<string>(text => text == "push", _ => BecomeStacked(() => Saying("second")));
            Receive<string>(text => text == "pop", _ => UnbecomeStacked());
            ReceiveAsync<string>(text => text == "become later", async _ =>
            {
                await Task.Yield();
                Become(() => Saying("second"));
            });
        }
    }

    private sealed class UntypedChameleon : UntypedActor
    {
        protected override void OnReceive(object message) => Answer(message, "first");

        private void Answer(object message, string what)
        {
            switch (message)
            {
                case "become":
                    BecomeStacked(next => Answer(next, "second"));
                    break;
                case "pop":
                    UnbecomeStacked();
                    break;
                default:
                    Sender.Tell(what);
                    break;
            }
        }
    }
}
