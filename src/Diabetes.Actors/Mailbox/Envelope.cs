namespace Diabetes.Actors;

/// <summary>A message and who sent it (null: nobody said).</summary>
public readonly struct Envelope(object message, IActorRef? sender)
{
    public object Message { get; } = message;

    public IActorRef? Sender { get; } = sender;
}
