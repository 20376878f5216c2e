namespace Diabetes.Actors;

/// <summary>Request and response: a message whose answer is a task.</summary>
public static class Futures
{
    /// <inheritdoc cref="Ask{T}(ICanTell, Func{IActorRef, object}, TimeSpan?, CancellationToken)"/>
    public static Task<object> Ask(this ICanTell self, object message, TimeSpan? timeout = null) => Send<object>(self, message, timeout, default);

    /// <inheritdoc cref="Ask{T}(ICanTell, Func{IActorRef, object}, TimeSpan?, CancellationToken)"/>
    public static Task<object> Ask(this ICanTell self, object message, CancellationToken cancellationToken) => Send<object>(self, message, null, cancellationToken);

    /// <inheritdoc cref="Ask{T}(ICanTell, Func{IActorRef, object}, TimeSpan?, CancellationToken)"/>
    public static Task<object> Ask(this ICanTell self, object message, TimeSpan? timeout, CancellationToken cancellationToken)
        => Send<object>(self, message, timeout, cancellationToken);

    /// <inheritdoc cref="Ask{T}(ICanTell, Func{IActorRef, object}, TimeSpan?, CancellationToken)"/>
    public static Task<T> Ask<T>(this ICanTell self, object message, TimeSpan? timeout = null) => Send<T>(self, message, timeout, default);

    /// <inheritdoc cref="Ask{T}(ICanTell, Func{IActorRef, object}, TimeSpan?, CancellationToken)"/>
    public static Task<T> Ask<T>(this ICanTell self, object message, CancellationToken cancellationToken) => Send<T>(self, message, null, cancellationToken);

    /// <inheritdoc cref="Ask{T}(ICanTell, Func{IActorRef, object}, TimeSpan?, CancellationToken)"/>
    public static Task<T> Ask<T>(this ICanTell self, object message, TimeSpan? timeout, CancellationToken cancellationToken)
        => Send<T>(self, message, timeout, cancellationToken);

    /// <summary>
    /// Sends a message and gives the answer as a task. It fails with <see cref="AskTimeoutException"/> when no answer came in time, with the cause of a
    /// <see cref="Status.Failure"/> that is the answer, and with <see cref="ArgumentException"/> if the answer is something else than <typeparamref name="T"/>.
    /// </summary>
    /// <param name="self">Who is asked.</param>
    /// <param name="messageFactory">Makes the message, which may carry the reference that answers are to go to.</param>
    /// <param name="timeout">Null or infinite to wait for ever.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static Task<T> Ask<T>(this ICanTell self, Func<IActorRef, object> messageFactory, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var promise = new PromiseActorRef<T>(SystemOf(self), self, timeout, cancellationToken);
        self.Tell(messageFactory(promise), promise);
        return promise.Task;
    }

    private static Task<T> Send<T>(ICanTell self, object message, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var promise = new PromiseActorRef<T>(SystemOf(self), self, timeout, cancellationToken);
        self.Tell(message, promise);
        return promise.Task;
    }

    private static ActorSystemImpl SystemOf(ICanTell target) => target switch
    {
        IInternalActorRef actor => actor.SystemImpl,
        ActorSelection selection => selection.AnchorCell.SystemImpl,
        _ => ActorCell.Current?.SystemImpl ?? throw new NotSupportedException($"{target} belongs to no actor system, so it cannot be asked from outside one."),
    };
}
