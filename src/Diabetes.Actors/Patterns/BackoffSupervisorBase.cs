namespace Diabetes.Actors;

/// <summary>Stands before one child: passes messages on to it, and starts it again after a pause.</summary>
public abstract class BackoffSupervisorBase : UntypedActor
{
    private readonly BackoffSettings _settings;
    private bool _finalStopReceived;

    private protected BackoffSupervisorBase(BackoffSettings settings) => _settings = settings;

    private protected BackoffSettings Settings => _settings;

    private protected IActorRef? Child { get; set; }

    private protected int Restarts { get; set; }

    private protected bool MayStartAgain => _settings.Strategy.MaxNumberOfRetries < 0 || Restarts < _settings.Strategy.MaxNumberOfRetries;

    /// <inheritdoc/>
    protected override void PreStart() => StartChild();

    /// <inheritdoc/>
    protected sealed override void OnReceive(object message)
    {
        switch (message)
        {
            case Terminated terminated when terminated.ActorRef.Equals(Child):
                Child = null;
                if (_finalStopReceived)
                {
                    Context.Stop(Self);
                }
                else
                {
                    ChildStopped();
                }

                break;
            case BackoffSupervisor.StartChild:
                StartChild();
                if (_settings.AutoReset is { } after)
                {
                    Context.System.Scheduler.ScheduleTellOnce(after, Self, new BackoffSupervisor.ResetRestartCount(Restarts), Self);
                }

                break;
            case BackoffSupervisor.ResetRestartCount reset:
                Restarts = reset.Current == Restarts ? 0 : Restarts;
                break;
            case BackoffSupervisor.Reset when _settings.AutoReset is null:
                Restarts = 0;
                break;
            case BackoffSupervisor.GetRestartCount:
                Sender.Tell(new BackoffSupervisor.RestartCount(Restarts));
                break;
            case BackoffSupervisor.GetCurrentChild:
                Sender.Tell(new BackoffSupervisor.CurrentChild(Child));
                break;
            case BackoffSupervisor.Reset or Terminated:
                Unhandled(message);
                break;
            default:
                PassOn(message);
                break;
        }
    }

    /// <summary>The child is gone, and not for good as far as anybody said.</summary>
    private protected abstract void ChildStopped();

    private protected void StartLater()
        => Context.System.Scheduler.ScheduleTellOnce(_settings.Pause(Restarts++), Self, BackoffSupervisor.StartChild.Instance, Self);

    private void StartChild() => Child ??= Context.Watch(Context.ActorOf(_settings.ChildProps, _settings.ChildName));

    private void PassOn(object message)
    {
        if (Child is null)
        {
            if (_settings.ReplyWhileStopped is { } reply)
            {
                Sender.Tell(reply);
            }
            else
            {
                Context.System.DeadLetters.Forward(message);
            }

            if (_settings.IsFinalStop?.Invoke(message) == true)
            {
                Context.Stop(Self);
            }
        }
        else if (Child.Equals(Sender))
        {
            // In the supervisor's name: the child's own reference does not outlive it.
            Context.Parent.Tell(message);
        }
        else
        {
            Child.Forward(message);
            _finalStopReceived |= _settings.IsFinalStop?.Invoke(message) == true;
        }
    }
}
