namespace Diabetes.Actors;

/// <summary>A tree of actors with what they share: clock, event stream, dead letters. One a process is the rule.</summary>
public abstract class ActorSystem : IActorRefFactory, IDisposable
{
    private protected ActorSystem()
    {
    }

    /// <summary>The first part of every path in it.</summary>
    public abstract string Name { get; }

    /// <summary>Where events are published: dead letters, log events, and whatever the application publishes.</summary>
    public abstract EventStream EventStream { get; }

    /// <summary>Publishes what it is told as dead letters.</summary>
    public abstract IActorRef DeadLetters { get; }

    /// <summary>Swallows what it is told.</summary>
    public abstract IActorRef IgnoreRef { get; }

    /// <summary>The system's own log.</summary>
    public abstract ILoggingAdapter Log { get; }

    /// <summary>Does things later.</summary>
    public abstract IScheduler Scheduler { get; }

    /// <summary>Completes when the last actor has stopped.</summary>
    public abstract Task WhenTerminated { get; }

    /// <summary>How long it has been running.</summary>
    public TimeSpan Uptime => Scheduler.MonotonicClock;

    /// <summary>Starts a system with default settings.</summary>
    /// <param name="name">Letters, digits, dashes and underscores.</param>
    public static ActorSystem Create(string name) => Create(name, ActorSystemSetup.Empty);

    /// <summary>Starts a system.</summary>
    public static ActorSystem Create(string name, BootstrapSetup setup) => Create(name, ActorSystemSetup.Create(setup));

    /// <summary>Starts a system.</summary>
    /// <exception cref="ArgumentException">The name is empty or has other characters than letters, digits, dashes and underscores.</exception>
    public static ActorSystem Create(string name, ActorSystemSetup setup) => new ActorSystemImpl(name, setup.Get<BootstrapSetup>() ?? BootstrapSetup.Create());

    /// <inheritdoc/>
    public abstract IActorRef ActorOf(Props props, string? name = null);

    /// <inheritdoc/>
    public abstract ActorSelection ActorSelection(ActorPath actorPath);

    /// <inheritdoc/>
    public abstract ActorSelection ActorSelection(string actorPath);

    /// <summary>Stops an actor after the message it is handling.</summary>
    public abstract void Stop(IActorRef actor);

    /// <summary>Runs <see cref="CoordinatedShutdown"/>, the last phase of which stops all actors.</summary>
    /// <returns><see cref="WhenTerminated"/>.</returns>
    public abstract Task Terminate();

    /// <summary>Runs <paramref name="code"/> after the last actor has stopped, before <see cref="WhenTerminated"/> completes.</summary>
    public abstract void RegisterOnTermination(Action code);

    /// <summary>The system's one instance of an extension, created if need be.</summary>
    public abstract object RegisterExtension(IExtensionId extension);

    /// <summary>An extension that is registered.</summary>
    /// <exception cref="InvalidOperationException">It is not.</exception>
    public abstract T GetExtension<T>()
        where T : class, IExtension;

    /// <summary>Whether an extension is registered.</summary>
    public abstract bool HasExtension<T>()
        where T : class, IExtension;

    /// <summary>Terminates, and does not wait.</summary>
    public void Dispose()
    {
        _ = Terminate();
        GC.SuppressFinalize(this);
    }
}
