namespace Diabetes.Actors;

/// <summary>
/// What every actor is made of: one message at a time, a life cycle, and a supervisor above it. Created through
/// <see cref="IActorRefFactory.ActorOf"/> only.
/// </summary>
public abstract class ActorBase
{
    private readonly ActorCell _cell;

    /// <exception cref="ActorInitializationException">Called by <c>new</c> outside <see cref="IActorRefFactory.ActorOf"/>.</exception>
    protected ActorBase()
    {
        _cell = ActorCell.Current ?? throw new ActorInitializationException(
            $"{GetType()} was created with new. Create it through ActorOf(Props.Create(() => new {GetType().Name}(..))) of a system or a context.");
        if (_cell.Props.HasTimers)
        {
            ((IWithTimers)this).Timers = _cell.NewTimers();
        }
    }

    /// <summary>The context of the actor that runs on this thread.</summary>
    /// <exception cref="NotSupportedException">No actor runs on this thread, as after an await in a task that is not the actor's.</exception>
    protected static IActorContext Context => ActorCell.Current ?? throw NoContext();

    /// <summary>A behaviour that handles nothing.</summary>
    protected static Receive EmptyReceive { get; } = static _ => false;

    /// <summary>This actor; also valid outside its own thread of control, as in a closure.</summary>
    protected IActorRef Self => _cell;

    /// <summary>Who sent the message being handled.</summary>
    protected IActorRef Sender => _cell.Sender;

    /// <summary>Called by the kernel in place of <see cref="PreStart"/>; for what wraps an actor.</summary>
    public virtual void AroundPreStart() => PreStart();

    /// <summary>Called by the kernel in place of <see cref="PostStop"/>.</summary>
    public virtual void AroundPostStop() => PostStop();

    /// <summary>Called by the kernel in place of <see cref="PreRestart"/>.</summary>
    public virtual void AroundPreRestart(Exception cause, object? message) => PreRestart(cause, message);

    /// <summary>Called by the kernel in place of <see cref="PostRestart"/>.</summary>
    public virtual void AroundPostRestart(Exception cause, object? message) => PostRestart(cause);

    private protected ActorCell Cell => _cell;

    internal bool Handle(object message) => Receive(message);

    internal void HandleUnhandled(object message) => Unhandled(message);

    /// <summary>The constructor is done: a <see cref="ReceiveActor"/> takes no declarations outside Become any more.</summary>
    internal virtual void Declared()
    {
    }

    internal SupervisorStrategy? OwnStrategy() => SupervisorStrategy();

    internal static NotSupportedException NoContext() => new(
        "There is no active actor context on this thread. Read what you need from Context, Self and Sender before the await or the task, or use ReceiveAsync or PipeTo.");

    /// <summary>Handles a message. False: the message is not for this actor, and goes to <see cref="Unhandled"/>.</summary>
    protected abstract bool Receive(object message);

    /// <summary>
    /// What no behaviour knew. Publishes an <see cref="UnhandledMessage"/>; a <see cref="Terminated"/> nobody handles breaks the death pact.
    /// </summary>
    /// <exception cref="DeathPactException">The message is a <see cref="Terminated"/>.</exception>
    protected virtual void Unhandled(object message)
    {
        if (message is Terminated terminated)
        {
            throw new DeathPactException(terminated.ActorRef);
        }

        _cell.SystemImpl.EventStream.Publish(new UnhandledMessage(message, Sender, Self));
    }

    /// <summary>How this actor answers its children's failures where its props do not say; null for the default.</summary>
    protected virtual SupervisorStrategy? SupervisorStrategy() => null;

    /// <summary>Before the first message of the first incarnation.</summary>
    protected virtual void PreStart()
    {
    }

    /// <summary>After the last message; children are gone.</summary>
    protected virtual void PostStop()
    {
    }

    /// <summary>In the failed instance, before it is replaced. Stops the children and calls <see cref="PostStop"/> unless overridden.</summary>
    /// <param name="reason">The failure.</param>
    /// <param name="message">The message that failed; null if none did.</param>
    protected virtual void PreRestart(Exception reason, object? message)
    {
        foreach (var child in _cell.GetChildren())
        {
            _cell.Unwatch(child);
            _cell.Stop(child);
        }

        PostStop();
    }

    /// <summary>In the new instance. Calls <see cref="PreStart"/> unless overridden.</summary>
    protected virtual void PostRestart(Exception reason) => PreStart();

    /// <summary>Replaces the current behaviour.</summary>
    protected void Become(Receive receive) => _cell.Become(receive);

    /// <summary>Puts a behaviour on top of the current one.</summary>
    protected void BecomeStacked(Receive receive) => _cell.BecomeStacked(receive);

    /// <summary>Takes the topmost behaviour off; the actor's own stays.</summary>
    protected void UnbecomeStacked() => _cell.UnbecomeStacked();

    /// <inheritdoc cref="IActorContext.SetReceiveTimeout"/>
    protected void SetReceiveTimeout(TimeSpan? timeout) => _cell.SetReceiveTimeout(timeout);
}
