using Diabetes.Hosting.Shutdown;

namespace Diabetes.Hosting.Actors;

/// <summary>
/// Ends the node when an actor throws an exception that it does not handle. A restarted actor would have lost the deliveries that it held:
/// they would stay unsettled while the node seems to work. The broker redelivers them to the next start.
/// </summary>
public sealed class CrashOnly : SupervisorStrategyConfigurator
{
    /// <summary>Passes a failure of a child on to the parent of the actor that uses it.</summary>
    public static readonly SupervisorStrategy Escalate = new OneForOneStrategy(static _ => Directive.Escalate);

    /// <summary>Makes the strategy of the guardian, which gets every failure that is passed on.</summary>
    public override SupervisorStrategy Create() => new EndNode();

    private sealed class EndNode() : OneForOneStrategy(static _ => Directive.Stop)
    {
        protected override void LogFailure(IActorContext context, IActorRef child, Exception cause, Directive directive) =>
            context.System.EventStream.Publish(new NodeFailed($"The actor {child.Path.ToStringWithoutAddress()} failed.", cause));
    }
}
