namespace Diabetes.Actors;

/// <summary>Shorter ways to call an <see cref="IActorRefFactory"/>.</summary>
public static class ActorRefFactoryExtensions
{
    /// <summary>Creates a child whose class has a constructor without parameters.</summary>
    public static IActorRef ActorOf<TActor>(this IActorRefFactory factory, string? name = null)
        where TActor : ActorBase, new()
        => factory.ActorOf(Props.Create<TActor>(), name);
}
