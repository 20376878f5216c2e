namespace Diabetes.Actors;

/// <summary>One declaration of a <see cref="ReceiveActor"/>.</summary>
internal abstract class MessageHandler
{
    public abstract bool TryHandle(object message);
}

/// <summary><c>Receive&lt;T&gt;(Action, Predicate)</c>.</summary>
internal sealed class TypedHandler<T>(Action<T> handler, Predicate<T>? shouldHandle) : MessageHandler
{
    public override bool TryHandle(object message)
    {
        if (message is not T typed || (shouldHandle is not null && !shouldHandle(typed)))
        {
            return false;
        }

        handler(typed);
        return true;
    }
}

/// <summary><c>Receive&lt;T&gt;(Func)</c>.</summary>
internal sealed class ChoosingHandler<T>(Func<T, bool> handler) : MessageHandler
{
    public override bool TryHandle(object message) => message is T typed && handler(typed);
}

/// <summary><c>ReceiveAsync&lt;T&gt;(Func, Predicate)</c>.</summary>
internal sealed class AsyncHandler<T>(Func<T, Task> handler, Predicate<T>? shouldHandle) : MessageHandler
{
    public override bool TryHandle(object message)
    {
        if (message is not T typed || (shouldHandle is not null && !shouldHandle(typed)))
        {
            return false;
        }

        ActorCell.Required.RunAsync(handler, typed);
        return true;
    }
}
