using Microsoft.Extensions.Logging;

namespace Diabetes.Hosting;

/// <summary>Ends the node for every actor that cannot go on, and when its work is done.</summary>
internal sealed class EndWatch : ReceiveActor
{
    public EndWatch(EndSignal ending, ILogger logger)
    {
        Receive<NodeFailed>(failed =>
        {
            Log.NodeFailed(logger, failed.What, failed.Cause.Message, failed.Cause);
            ending.Raise(new Ending("a failure", ExitCode.Failed));
        });
        Receive<NodeDone>(_ => ending.Raise(new Ending("the end of its work", ExitCode.Clean)));
    }
}
