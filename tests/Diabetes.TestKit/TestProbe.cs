using Diabetes.Actors;

namespace Diabetes.Testing;

/// <summary>A test actor beside the test's own: a stand-in for a collaborator, with expectations of its own.</summary>
public sealed class TestProbe : TestKitBase
{
    internal TestProbe(ActorSystem system, VirtualTime? time, string? name)
        : base(system, time, name)
    {
    }

    public IActorRef Ref => TestActor;

    /// <summary>Who sent the message that this probe's last expectation took.</summary>
    public IActorRef Sender => LastSender;

    /// <summary>Tells <paramref name="actor"/> with the probe as the sender.</summary>
    public void Send(IActorRef actor, object message) => actor.Tell(message, TestActor);

    /// <summary>Passes on <paramref name="message"/> in the name of who sent the last one.</summary>
    public void Forward(IActorRef actor, object message) => actor.Tell(message, Sender);

    /// <summary>Passes on the last message in the name of who sent it.</summary>
    public void Forward(IActorRef actor) => actor.Tell(LastMessage, Sender);

    /// <summary>Answers who sent the last message.</summary>
    public void Reply(object message) => Sender.Tell(message, TestActor);
}
