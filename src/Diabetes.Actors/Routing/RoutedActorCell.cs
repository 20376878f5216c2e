namespace Diabetes.Actors;

/// <summary>The cell of a router: routes on the teller's thread.</summary>
internal sealed class RoutedActorCell : ActorCell
{
    private readonly RouterConfig _config;
    private readonly Props _routeeProps;
    private readonly RoutingLogic _logic;
    private volatile Routee[] _routees = [];

    public RoutedActorCell(ActorCell parent, Props props, string? name, long number)
        : base(new CellFamily(parent.SystemImpl, parent, RouterProps(props.RouterConfig!)), name, number)
    {
        _config = props.RouterConfig!;
        _routeeProps = props.WithoutRouter();
        _logic = _config.CreateLogic(parent.SystemImpl);
    }

    public IReadOnlyList<Routee> Routees => _routees;

    /// <summary>Makes the routees before anybody has the reference, so that the first message finds them.</summary>
    public override void Start()
    {
        _routees = _config switch
        {
            Pool pool => [.. Enumerable.Range(0, pool.NrOfInstances).Select(_ => new ActorRefRoutee(Watch(AttachChild(_routeeProps, null))))],
            Group group => [.. group.Paths.Select(path => new ActorSelectionRoutee(ActorSelection(path)))],
            _ => [],
        };
        base.Start();
    }

    public override void Tell(object message, IActorRef? sender)
    {
        switch (message)
        {
            case IAutoReceivedMessage or GetRoutees:
                base.Tell(message, sender);
                break;
            case Broadcast broadcast:
                foreach (var routee in _routees)
                {
                    routee.Send(broadcast.Message, sender);
                }

                break;
            default:
                InvalidMessageException.ThrowIfNull(message);
                var content = message is RouterEnvelope envelope ? envelope.Message : message;
                if (_logic.Select(message, _routees) is { } chosen)
                {
                    chosen.Send(content, sender);
                }
                else
                {
                    SystemImpl.DeadLetterRef.Undelivered(content, sender, this);
                }

                break;
        }
    }

    /// <summary>On the router's run: a routee has stopped.</summary>
    public void RemoveRoutee(IActorRef actor)
    {
        _routees = [.. _routees.Where(routee => routee is not ActorRefRoutee own || !own.Actor.Equals(actor))];
        if (_routees.Length == 0 && _config is Pool)
        {
            StopSelf();
        }
    }

    private static Props RouterProps(RouterConfig config)
    {
        var props = Actors.Props.Create<RouterActor>();
        return config is Pool pool ? props.WithSupervisorStrategy(pool.SupervisorStrategy) : props;
    }
}
