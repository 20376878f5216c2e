using System.Linq.Expressions;

namespace Diabetes.Actors;

/// <summary>
/// How to make an actor: its class and constructor arguments. Immutable; one Props makes any number of actors. The arguments are evaluated once,
/// so all incarnations share them.
/// </summary>
public class Props
{
    private readonly ActorFactory _factory;

    internal Props(ActorFactory factory)
    {
        _factory = factory;
    }

    private Props(Props other)
    {
        _factory = other._factory;
        SupervisorStrategy = other.SupervisorStrategy;
        RouterConfig = other.RouterConfig;
    }

    /// <summary>An actor that handles nothing; with a group router, the router.</summary>
    public static Props Empty { get; } = Create<EmptyActor>();

    /// <summary>The actor's class.</summary>
    public Type Type => _factory.Type;

    /// <summary>The constructor arguments.</summary>
    public object?[] Arguments => _factory.Arguments;

    /// <summary>How the actor answers its children's failures; null to leave that to its class.</summary>
    public SupervisorStrategy? SupervisorStrategy { get; private init; }

    /// <summary>Set if the actor is a router.</summary>
    public RouterConfig? RouterConfig { get; private init; }

    /// <summary>From a constructor call: <c>Props.Create(() =&gt; new Shard(ledger))</c>.</summary>
    /// <exception cref="ArgumentException">The expression is anything else than <c>new T(..)</c>.</exception>
    public static Props Create<TActor>(Expression<Func<TActor>> factory, SupervisorStrategy? supervisorStrategy = null)
        where TActor : ActorBase
        => new(ActorFactory.Of(factory)) { SupervisorStrategy = supervisorStrategy };

    /// <summary>From a class and the arguments of one of its constructors.</summary>
    /// <exception cref="ArgumentException">No constructor takes them.</exception>
    public static Props Create<TActor>(params object?[] args)
        where TActor : ActorBase
        => new(ActorFactory.Of(typeof(TActor), args));

    /// <summary>From a class with a constructor without parameters.</summary>
    public static Props Create<TActor>(SupervisorStrategy supervisorStrategy)
        where TActor : ActorBase, new()
        => Create<TActor>().WithSupervisorStrategy(supervisorStrategy);

    /// <inheritdoc cref="Create{TActor}(object[])"/>
    public static Props Create(Type type, params object?[] args) => new(ActorFactory.Of(type, args));

    /// <summary>The same with another strategy.</summary>
    public Props WithSupervisorStrategy(SupervisorStrategy supervisorStrategy) => new(this) { SupervisorStrategy = supervisorStrategy };

    /// <summary>The same, as the routees of a router (or, for a group, the router alone).</summary>
    public Props WithRouter(RouterConfig routerConfig) => new(this) { RouterConfig = routerConfig };

    /// <inheritdoc/>
    public override string ToString() => $"Props({Type})";

    internal bool HasTimers => _factory.HasTimers;

    internal bool HasStash => _factory.HasStash;

    internal ActorBase NewActor() => _factory.Create();

    internal Props WithoutRouter() => new(this) { RouterConfig = null };
}
