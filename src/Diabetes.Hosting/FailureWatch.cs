using Microsoft.Extensions.Logging;

namespace Diabetes.Hosting;

/// <summary>Hears of every actor that cannot go on and ends the node for it.</summary>
internal sealed class FailureWatch : ReceiveActor
{
    public FailureWatch(EndSignal ending, ILogger logger) => Receive<NodeFailed>(failed =>
    {
        Log.NodeFailed(logger, failed.What, failed.Cause.Message, failed.Cause);
        ending.Raise(new Ending("a failure", ExitCode.Failed));
    });

    protected override void PreStart() => Context.System.EventStream.Subscribe(Self, typeof(NodeFailed));
}
