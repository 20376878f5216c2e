namespace Diabetes.Actors;

/// <summary>The declarations of one behaviour of a <see cref="ReceiveActor"/>, in order.</summary>
internal sealed class MessageHandlers
{
    private MessageHandler[] _handlers = [];
    private bool _complete;

    public void Add(MessageHandler handler)
    {
        if (_complete)
        {
            throw new InvalidOperationException("A declaration after ReceiveAny could never be reached. Declare ReceiveAny last.");
        }

        // Exact: a behaviour is declared once and then lives as long as its actor.
        Array.Resize(ref _handlers, _handlers.Length + 1);
        _handlers[^1] = handler;
    }

    public void AddLast(MessageHandler handler)
    {
        Add(handler);
        _complete = true;
    }

    public bool TryHandle(object message)
    {
        foreach (var handler in _handlers)
        {
            if (handler.TryHandle(message))
            {
                return true;
            }
        }

        return false;
    }
}
