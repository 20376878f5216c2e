using System.Runtime.CompilerServices;

namespace Diabetes.Actors;

/// <summary>The reference that an Ask's answer goes to: a task's source and a reference in one object.</summary>
internal sealed class PromiseActorRef<T> : TaskCompletionSource<T>, IInternalActorRef
{
    private static readonly Action<object?, CancellationToken> OnCancelled = static (promise, token) => ((PromiseActorRef<T>)promise!).Cancelled(token);

    private readonly ActorSystemImpl _system;
    private readonly AskTimeout? _timeout;
    private readonly CancellationTokenRegistration _cancellation;
    private ActorPath? _path;

    public PromiseActorRef(ActorSystemImpl system, ICanTell target, TimeSpan? timeout, CancellationToken cancellationToken)
        : base(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        _system = system;
        if (timeout is { } limit && limit != Timeout.InfiniteTimeSpan)
        {
            _timeout = new AskTimeout(this, target, limit);
            system.Clock.Schedule(_timeout, limit, TimeSpan.Zero);
        }

        if (cancellationToken.CanBeCanceled)
        {
            _cancellation = cancellationToken.UnsafeRegister(OnCancelled, this);
        }
    }

    public ActorSystemImpl SystemImpl => _system;

    public bool IsTerminated => Task.IsCompleted;

    public ActorPath Path => _path ??= _system.NextTemporaryPath();

    public void Tell(object message, IActorRef? sender)
    {
        InvalidMessageException.ThrowIfNull(message);
        var taken = message switch
        {
            T answer => TrySetResult(answer),
            Status.Failure failure => TrySetException(failure.Cause ?? new TaskCanceledException("The actor that was asked answered with a failure without a cause.")),
            _ => TrySetException(new ArgumentException($"{sender ?? _system.DeadLetters} answered with a {message.GetType()}, and the Ask expects a {typeof(T)}.")),
        };
        if (taken)
        {
            Release();
        }
        else if (!Task.IsCanceled)
        {
            _system.DeadLetterRef.Undelivered(message, sender, this);
        }
    }

    public void SendSystem(SystemMessage message)
    {
        // Whoever watches a promise hears of its end when it comes, which is soon in any case.
        if (message is WatchMessage watch)
        {
            Task.GetAwaiter().UnsafeOnCompleted(() => watch.Watcher.SendSystem(new DeathWatchNotification(this, existenceConfirmed: true)));
        }
    }

    public bool Equals(IActorRef? other) => ReferenceEquals(this, other);

    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);

    public override string ToString() => $"[{Path}]";

    private void Cancelled(CancellationToken token)
    {
        if (TrySetCanceled(token))
        {
            _timeout?.Cancel();
        }
    }

    private void Release()
    {
        _timeout?.Cancel();
        _cancellation.Unregister();
    }

    private sealed class AskTimeout(PromiseActorRef<T> promise, ICanTell target, TimeSpan timeout) : ScheduledItem
    {
        protected internal override void Fire()
        {
            if (promise.TrySetException(new AskTimeoutException($"{target} did not answer with a {typeof(T).Name} within {timeout}.")))
            {
                promise._cancellation.Unregister();
            }
        }
    }
}
