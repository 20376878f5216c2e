namespace Diabetes.Actors;

/// <summary>
/// A timer, and the message it sends: which key it is of is asked when it comes out of the mailbox, so that a cancelled timer is never heard of again.
/// </summary>
internal sealed class TimerMessage(TimerScheduler owner, object key, object content, bool periodic)
    : ScheduledItem, IAutoReceivedMessage, INotInfluenceReceiveTimeout
{
    public object Key => key;

    /// <summary>On the actor's run: its message, if the timer was not cancelled or replaced since.</summary>
    public bool TryTake(out object message)
    {
        message = content;
        return owner.TryTake(this, last: !periodic);
    }

    protected internal override void Fire() => owner.Cell.Tell(this, owner.Cell);
}
