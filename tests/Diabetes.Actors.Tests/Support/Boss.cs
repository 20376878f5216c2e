namespace Diabetes.Actors.Tests;

/// <summary>A supervisor with the strategy under test: makes a child of every <see cref="Hire"/> and answers with its reference.</summary>
internal sealed class Boss : ReceiveActor
{
    private readonly SupervisorStrategy? _strategy;

    public Boss(SupervisorStrategy? strategy)
    {
        _strategy = strategy;
        Receive<Hire>(hire => Sender.Tell(Context.ActorOf(hire.Props, hire.Name)));
        Receive<Fail>(fail => throw new BoomException(fail.Reason));
        Receive<Terminated>(_ => { });
    }

    protected override SupervisorStrategy? SupervisorStrategy() => _strategy ?? base.SupervisorStrategy();
}
