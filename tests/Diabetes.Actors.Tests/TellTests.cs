namespace Diabetes.Actors.Tests;

/// <summary>Who a message comes from: who says so, else the actor that sends it, else nobody.</summary>
public sealed class TellTests : KernelTest
{
    [Fact]
    public void Tell_InAnActor_ExpectThatActorAsTheSender()
    {
        var actor = Sys.ActorOf(Fun.Of((message, _) => TestActor.Tell(message)));
        actor.Tell("hello", ActorRefs.NoSender);
        ExpectMsgFrom(actor, "hello");
    }

    [Fact]
    public void Tell_OutsideActors_ExpectNobodyWhomToAnswer()
    {
        var dead = Listen<DeadLetter>();
        var actor = Sys.ActorOf(Fun.Of((message, context) =>
        {
            TestActor.Tell(context.Sender);
            context.Sender.Tell("answer");
        }));
        actor.Tell("hello");
        ExpectMsg(Sys.DeadLetters);
        dead.ExpectMsg<DeadLetter>(letter => letter.Message.Equals("answer") && letter.Sender.Equals(actor));
    }

    [Fact]
    public void Forward_InAnActor_ExpectTheSenderOfTheMessageBeingHandled()
    {
        var actor = Sys.ActorOf(Fun.Of((message, _) => TestActor.Forward(message)));
        var original = CreateTestProbe();
        actor.Tell("hello", original.Ref);
        ExpectMsgFrom(original.Ref, "hello");
    }

    [Fact]
    public void Sender_OfOneMessage_ExpectItIsNotKeptForTheNext()
    {
        var actor = Sys.ActorOf(Fun.Of((_, context) => TestActor.Tell(context.Sender)));
        var first = CreateTestProbe();
        actor.Tell("1", first.Ref);
        actor.Tell("2", ActorRefs.NoSender);
        actor.Tell("3", first.Ref);
        ExpectInOrder(first.Ref, Sys.DeadLetters, first.Ref);
    }

    [Fact]
    public void Tell_Null_ExpectRefusal()
    {
        var actor = Sys.ActorOf(Fun.Of((_, _) => { }));
        Assert.Throws<InvalidMessageException>(() => actor.Tell(null!, TestActor));
    }

    [Fact]
    public void Tell_ABoxedValueOrAStruct_ExpectItAsSent()
    {
        var actor = Sys.ActorOf(Fun.Of((message, context) => context.Sender.Tell(message)));
        actor.Tell(42, TestActor);
        actor.Tell((1, "two"), TestActor);
        ExpectInOrder(42, (1, "two"));
    }
}
