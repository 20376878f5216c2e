namespace Diabetes.Actors;

/// <summary>Makes a system's <typeparamref name="T"/>.</summary>
public abstract class ExtensionIdProvider<T> : IExtensionId
    where T : class, IExtension
{
    /// <inheritdoc/>
    public Type ExtensionType => typeof(T);

    /// <summary>The system's one instance, created if need be.</summary>
    public T Get(ActorSystem system) => (T)system.RegisterExtension(this);

    /// <inheritdoc cref="Get"/>
    public T Apply(ActorSystem system) => Get(system);

    public abstract T CreateExtension(ExtendedActorSystem system);

    object IExtensionId.CreateExtension(ExtendedActorSystem system) => CreateExtension(system);
}
