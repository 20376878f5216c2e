namespace Diabetes.Actors;

/// <summary>Tells a router how to route a message; routees get the message alone.</summary>
public abstract class RouterEnvelope
{
    private protected RouterEnvelope(object message)
    {
        InvalidMessageException.ThrowIfNull(message);
        Message = message;
    }

    public object Message { get; }
}
