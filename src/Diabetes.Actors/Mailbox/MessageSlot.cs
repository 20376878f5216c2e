namespace Diabetes.Actors;

/// <summary>A place for one message in a <see cref="MessageRing"/>. The message is written last and read first: null says that the slot is not filled.</summary>
internal struct MessageSlot
{
    public object? Message;

    public IActorRef? Sender;
}
