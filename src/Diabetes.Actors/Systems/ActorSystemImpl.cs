using System.Collections.Concurrent;

namespace Diabetes.Actors;

/// <summary>The system: its guardians and its shared parts.</summary>
internal sealed class ActorSystemImpl : ExtendedActorSystem
{
    private readonly ConcurrentDictionary<Type, Lazy<object>> _extensions = new();
    private readonly ConcurrentStack<Action> _onTermination = new();
    private readonly TaskCompletionSource _terminated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ActorCell _root;
    private readonly ActorCell _user;
    private readonly ActorCell _system;
    private long _temporary;

    public ActorSystemImpl(string name, BootstrapSetup settings)
    {
        if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') || !char.IsAsciiLetterOrDigit(name[0]))
        {
            throw new ArgumentException($"'{name}' cannot be the name of an actor system: it has letters, digits, dashes and underscores, the first of them a letter or digit.", nameof(name));
        }

        Name = name;
        Settings = settings;
        Address = new Address("akka", name);
        Clock = new Clock(settings.TimeProvider);
        EventStream = new EventStream(this);
        Log = Logging.GetLogger(this, "ActorSystem");
        Scheduler = new Scheduler(this);
        var rootPath = ActorPath.Root(Address);
        DeadLetterRef = new DeadLetterActorRef(this, rootPath / "deadLetters");
        IgnoreRef = new IgnoreActorRef(this, rootPath / "ignore");
        _root = new ActorCell(new CellFamily(this, null, Props.Create<RootGuardian>()), null, 0);
        _root.BecomeGuardian();
        _system = Guardian("system");
        _user = Guardian("user");
        _root.Start();
        _system.Start();
        _user.Start();
        SystemActorOf(Props.Create<DeadLetterListener>(), "deadLetterListener");
    }

    public override string Name { get; }

    public override EventStream EventStream { get; }

    public override IActorRef DeadLetters => DeadLetterRef;

    public override IActorRef IgnoreRef { get; }

    public override ILoggingAdapter Log { get; }

    public override IScheduler Scheduler { get; }

    public override Task WhenTerminated => _terminated.Task;

    public Address Address { get; }

    public BootstrapSetup Settings { get; }

    public TimeProvider Time => Settings.TimeProvider;

    public Clock Clock { get; }

    public DeadLetterActorRef DeadLetterRef { get; }

    public ActorCell Root => _root;

    public ActorPath NextTemporaryPath() => ActorPath.Root(Address) / "temp" / PathSymbols.Anonymous(Interlocked.Increment(ref _temporary));

    public override IActorRef ActorOf(Props props, string? name = null) => _user.AttachChild(props, name);

    public override IActorRef SystemActorOf(Props props, string? name = null) => _system.AttachChild(props, name);

    public override ActorSelection ActorSelection(ActorPath actorPath) => new(_root, actorPath.ToStringWithoutAddress());

    public override ActorSelection ActorSelection(string actorPath)
        => ActorPath.TryParse(actorPath, out var absolute) ? ActorSelection(absolute)
            : new ActorSelection(actorPath.StartsWith('/') ? _root : _user, actorPath);

    public override void Stop(IActorRef actor)
    {
        if (actor is ActorCell cell)
        {
            cell.StopSelf();
        }
    }

    public override Task Terminate()
    {
        _ = CoordinatedShutdown.Get(this).Run(CoordinatedShutdown.ActorSystemTerminateReason.Instance);
        return WhenTerminated;
    }

    /// <summary>Stops all actors: those under /user, then those under /system.</summary>
    public Task FinalTerminate()
    {
        _user.StopSelf();
        return WhenTerminated;
    }

    public override void RegisterOnTermination(Action code)
    {
        _onTermination.Push(code);
        if (WhenTerminated.IsCompleted)
        {
            RunOnTermination();
        }
    }

    public override object RegisterExtension(IExtensionId extension)
        => _extensions.GetOrAdd(extension.ExtensionType, static (_, args) => new Lazy<object>(() => args.extension.CreateExtension(args.system)), (extension, system: this)).Value;

    public override T GetExtension<T>() => _extensions.TryGetValue(typeof(T), out var extension)
        ? (T)extension.Value
        : throw new InvalidOperationException($"{typeof(T)} is not registered with {this}. Register it first, or get it from its id.");

    public override bool HasExtension<T>() => _extensions.ContainsKey(typeof(T));

    public override string ToString() => Address.ToString();

    /// <summary>The root guardian has stopped, and so has everything.</summary>
    public void RootStopped()
    {
        Clock.Dispose();
        RunOnTermination();
        _terminated.TrySetResult();
    }

    /// <summary>Nobody is above the root: its failure ends the system.</summary>
    public void RootFailed(Exception cause)
    {
        EventStream.Publish(new Error(cause, Address.ToString(), typeof(RootGuardian), "A guardian failed; the actor system terminates.") { Timestamp = EventStream.UtcNow });
        _root.StopSelf();
    }

    private ActorCell Guardian(string name)
    {
        var guardian = _root.PrepareChild(Props.Create<Guardian>(), name);
        guardian.BecomeGuardian();
        return guardian;
    }

    private void RunOnTermination()
    {
        while (_onTermination.TryPop(out var code))
        {
            try
            {
                code();
            }
            catch (Exception failure)
            {
                EventStream.Publish(new Error(failure, Address.ToString(), typeof(ActorSystem), "An action registered for the system's termination failed.") { Timestamp = EventStream.UtcNow });
            }
        }
    }
}
