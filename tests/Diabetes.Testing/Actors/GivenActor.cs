using Akka.Hosting;

namespace Diabetes.Testing.Actors;

/// <summary>An actor that a test names where a node would find it in its registry, such as a probe.</summary>
public sealed class GivenActor<T>(IActorRef actor) : IRequiredActor<T>
{
    public IActorRef ActorRef => actor;

    public Task<IActorRef> GetAsync(CancellationToken cancellationToken = default) => Task.FromResult(actor);
}
