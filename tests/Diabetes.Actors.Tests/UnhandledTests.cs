namespace Diabetes.Actors.Tests;

/// <summary>A message that no handler takes is published as unhandled.</summary>
public sealed class UnhandledTests : KernelTest
{
    private readonly TestProbe _unhandled;

    public UnhandledTests() => _unhandled = Listen<UnhandledMessage>();

    [Fact]
    public void ReceiveActor_NoHandlerOfTheType_ExpectUnhandledMessage()
    {
        var actor = Sys.ActorOf(Props.Create(() => new OnlyEvenNumbers(TestActor)));
        actor.Tell("text", TestActor);
        ExpectUnhandled("text", actor);
    }

    [Fact]
    public void ReceiveActor_NoPredicateHolds_ExpectUnhandledMessage()
    {
        var actor = Sys.ActorOf(Props.Create(() => new OnlyEvenNumbers(TestActor)));
        actor.Tell(1, TestActor);
        actor.Tell(2, TestActor);
        ExpectUnhandled(1, actor);
        ExpectMsg(2);
        _unhandled.ExpectNoMsg();
    }

    [Fact]
    public void UntypedActor_CallsUnhandled_ExpectUnhandledMessage()
    {
        var actor = Sys.ActorOf(Props.Create(() => new HandlesNothing()));
        actor.Tell("text", TestActor);
        ExpectUnhandled("text", actor);
    }

    [Fact]
    public void UntypedActor_DoesNotCallUnhandled_ExpectNone()
    {
        var actor = Sys.ActorOf(Fun.Of((_, _) => { }));
        actor.Tell("text", TestActor);
        _unhandled.ExpectNoMsg();
    }

    [Fact]
    public void Unhandled_Overridden_ExpectTheActorDecides()
    {
        var actor = Sys.ActorOf(Props.Create(() => new SpeaksUp()));
        actor.Tell("text", TestActor);
        ExpectMsg("what is text?");
        _unhandled.ExpectNoMsg();
    }

    private void ExpectUnhandled(object message, IActorRef recipient) => _unhandled.ExpectMsg<UnhandledMessage>(unhandled =>
    {
        Assert.Equal(message, unhandled.Message);
        Assert.Equal(TestActor, unhandled.Sender);
        Assert.Equal(recipient, unhandled.Recipient);
    });

    private sealed class OnlyEvenNumbers : ReceiveActor
    {
        public OnlyEvenNumbers(IActorRef probe) => Receive<int>(number => number % 2 == 0, number => probe.Tell(number));
    }

    private sealed class HandlesNothing : UntypedActor
    {
        protected override void OnReceive(object message) => Unhandled(message);
    }

    private sealed class SpeaksUp : ReceiveActor
    {
        protected override void Unhandled(object message) => Sender.Tell($"what is {message}?");
    }
}
