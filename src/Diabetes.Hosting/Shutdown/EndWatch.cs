using Microsoft.Extensions.Logging;

namespace Diabetes.Hosting.Shutdown;

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

/// <summary>Published on the event stream by a node that has nothing more to do: the process drains and ends.</summary>
public sealed record NodeDone
{
    public static readonly NodeDone Instance = new();
}

/// <summary>Published on the event stream by whatever cannot go on: the node host says so, drains what it can and exits with an error.</summary>
/// <param name="What">What cannot be done and what to do about it.</param>
/// <param name="Cause">Why.</param>
public sealed record NodeFailed(string What, Exception Cause);
