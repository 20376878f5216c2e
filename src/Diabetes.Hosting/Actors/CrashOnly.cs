using Diabetes.Hosting.Shutdown;

namespace Diabetes.Hosting.Actors;

/// <summary>
/// What becomes of an actor that throws what nobody foresaw: the node ends with the reason. An actor that were restarted would have forgotten what it held, whose
/// deliveries would then stay unsettled while the node looks well; the broker has them all, and the next start begins with them.
/// </summary>
public sealed class CrashOnly : SupervisorStrategyConfigurator
{
    /// <summary>For actors with children: their failures are the node's.</summary>
    public static readonly SupervisorStrategy Escalate = new OneForOneStrategy(static _ => Directive.Escalate);

    /// <summary>The strategy of the guardian, to whom everything escalates.</summary>
    public override SupervisorStrategy Create() => new EndNode();

    private sealed class EndNode() : OneForOneStrategy(static _ => Directive.Stop)
    {
        protected override void LogFailure(IActorContext context, IActorRef child, Exception cause, Directive directive) =>
            context.System.EventStream.Publish(new NodeFailed($"The actor {child.Path.ToStringWithoutAddress()} failed.", cause));
    }
}
