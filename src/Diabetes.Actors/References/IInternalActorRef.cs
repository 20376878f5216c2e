namespace Diabetes.Actors;

/// <summary>What the kernel needs of every reference, beyond telling.</summary>
internal interface IInternalActorRef : IActorRef
{
    ActorSystemImpl SystemImpl { get; }

    bool IsTerminated { get; }

    /// <summary>Takes a system message: handled before user messages, and never a dead letter.</summary>
    void SendSystem(SystemMessage message);
}
