namespace Diabetes.Actors;

/// <summary>The top of the tree: when <c>/user</c> has stopped it stops <c>/system</c>, and when that has, itself, and with it the system.</summary>
internal sealed class RootGuardian : UntypedActor
{
    protected override void PreStart()
    {
        Context.Watch(Context.Child("user"));
        Context.Watch(Context.Child("system"));
    }

    protected override SupervisorStrategy SupervisorStrategy() => Actors.SupervisorStrategy.StoppingStrategy;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Terminated { ActorRef.Path.Name: "user" }:
                Context.Stop(Context.Child("system"));
                break;
            case Terminated:
                Context.Stop(Self);
                break;
            default:
                Unhandled(message);
                break;
        }
    }
}
