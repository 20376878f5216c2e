namespace Diabetes.Actors;

/// <summary>Logs the first dead letters, so that a wiring mistake is seen; all of them are on the event stream.</summary>
internal sealed class DeadLetterListener : UntypedActor
{
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly int _limit = ActorCell.Required.SystemImpl.Settings.LogDeadLetters;
    private int _count;

    protected override void PreStart()
    {
        if (_limit > 0)
        {
            Context.System.EventStream.Subscribe(Self, typeof(DeadLetter));
            Context.System.EventStream.Subscribe(Self, typeof(Dropped));
        }
    }

    protected override void OnReceive(object message)
    {
        if (message is not AllDeadLetters letter)
        {
            Unhandled(message);
            return;
        }

        _count++;
        _log.Info(
            "Message [{0}] from {1} to {2} was not delivered: the receiver has stopped. [{3}] dead letters so far.",
            letter.Message.GetType().Name,
            letter.Sender,
            letter.Recipient,
            _count);
        if (_count == _limit)
        {
            Context.System.EventStream.Unsubscribe(Self);
            _log.Info("Dead letters are no longer logged after [{0}]. Subscribe to DeadLetter on the event stream to see them all.", _count);
        }
    }
}
