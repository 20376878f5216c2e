namespace Diabetes.Actors;

/// <summary>
/// An actor that declares in its constructor what it handles, by type and predicate. The first declaration that fits a message handles it.
/// </summary>
public abstract class ReceiveActor : UntypedActor
{
    private MessageHandlers? _declaring = new();
    private readonly MessageHandlers _handlers;

    protected ReceiveActor() => _handlers = _declaring!;

    internal override void Declared() => _declaring = null;

    /// <inheritdoc/>
    protected sealed override void OnReceive(object message)
    {
        if (!_handlers.TryHandle(message))
        {
            Unhandled(message);
        }
    }

    /// <summary>Replaces the current behaviour by what <paramref name="configure"/> declares.</summary>
    protected void Become(Action configure) => Become(Configured(configure));

    /// <summary>Puts what <paramref name="configure"/> declares on top of the current behaviour.</summary>
    protected void BecomeStacked(Action configure) => BecomeStacked(Configured(configure));

    /// <summary>Handles messages of type <typeparamref name="T"/> for which <paramref name="shouldHandle"/>, if given, is true.</summary>
    protected void Receive<T>(Action<T> handler, Predicate<T>? shouldHandle = null) => Declare(new TypedHandler<T>(handler, shouldHandle));

    /// <inheritdoc cref="Receive{T}(Action{T}, Predicate{T})"/>
    protected void Receive<T>(Predicate<T> shouldHandle, Action<T> handler) => Receive(handler, shouldHandle);

    /// <summary>Handles messages of type <typeparamref name="T"/>; false leaves the message to the declarations after this one.</summary>
    protected void Receive<T>(Func<T, bool> handler) => Declare(new ChoosingHandler<T>(handler));

    /// <summary>Handles messages of <paramref name="messageType"/> for which <paramref name="shouldHandle"/>, if given, is true.</summary>
    protected void Receive(Type messageType, Action<object> handler, Predicate<object>? shouldHandle = null)
        => Receive(handler, Of(messageType, shouldHandle));

    /// <inheritdoc cref="Receive(Type, Action{object}, Predicate{object})"/>
    protected void Receive(Type messageType, Predicate<object> shouldHandle, Action<object> handler) => Receive(messageType, handler, shouldHandle);

    /// <summary>Handles messages of <paramref name="messageType"/>; false leaves the message to the declarations after this one.</summary>
    protected void Receive(Type messageType, Func<object, bool> handler)
        => Declare(new ChoosingHandler<object>(message => messageType.IsInstanceOfType(message) && handler(message)));

    /// <summary>Handles everything that no declaration before this one did; the last declaration there can be.</summary>
    protected void ReceiveAny(Action<object> handler) => DeclareLast(new TypedHandler<object>(handler, null));

    /// <summary>As <see cref="Receive{T}(Action{T}, Predicate{T})"/>; no other user message is handled until the task is done, and after each await the code is back in the actor.</summary>
    protected void ReceiveAsync<T>(Func<T, Task> handler, Predicate<T>? shouldHandle = null) => Declare(new AsyncHandler<T>(handler, shouldHandle));

    /// <inheritdoc cref="ReceiveAsync{T}(Func{T, Task}, Predicate{T})"/>
    protected void ReceiveAsync<T>(Predicate<T> shouldHandle, Func<T, Task> handler) => ReceiveAsync(handler, shouldHandle);

    /// <inheritdoc cref="ReceiveAsync{T}(Func{T, Task}, Predicate{T})"/>
    protected void ReceiveAsync(Type messageType, Func<object, Task> handler, Predicate<object>? shouldHandle = null)
        => ReceiveAsync(handler, Of(messageType, shouldHandle));

    /// <inheritdoc cref="ReceiveAsync{T}(Func{T, Task}, Predicate{T})"/>
    protected void ReceiveAsync(Type messageType, Predicate<object> shouldHandle, Func<object, Task> handler) => ReceiveAsync(messageType, handler, shouldHandle);

    /// <summary>As <see cref="ReceiveAny"/>, asynchronous.</summary>
    protected void ReceiveAnyAsync(Func<object, Task> handler) => DeclareLast(new AsyncHandler<object>(handler, null));

    private static Predicate<object> Of(Type messageType, Predicate<object>? shouldHandle)
        => message => messageType.IsInstanceOfType(message) && (shouldHandle is null || shouldHandle(message));

    private UntypedReceive Configured(Action configure)
    {
        var outer = _declaring;
        var handlers = _declaring = new MessageHandlers();
        try
        {
            configure();
        }
        finally
        {
            _declaring = outer;
        }

        return message =>
        {
            if (!handlers.TryHandle(message))
            {
                Unhandled(message);
            }
        };
    }

    private void Declare(MessageHandler handler) => Declaring.Add(handler);

    private void DeclareLast(MessageHandler handler) => Declaring.AddLast(handler);

    private MessageHandlers Declaring => _declaring ?? throw new InvalidOperationException(
        "Receive methods may be called in the actor's constructor and in the action given to Become only.");
}
