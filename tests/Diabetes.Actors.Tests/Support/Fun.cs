namespace Diabetes.Actors.Tests;

/// <summary>An actor of one function, for behaviour that is said faster than a class is named.</summary>
internal sealed class Fun(Action<object, IUntypedActorContext> receive) : UntypedActor
{
    public static Props Of(Action<object, IUntypedActorContext> receive) => Props.Create(() => new Fun(receive));

    protected override void OnReceive(object message) => receive(message, Context);
}
