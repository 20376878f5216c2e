using Diabetes.Amqp;
using Diabetes.Ledger;
using Diabetes.Ledger.Joins;
using Microsoft.Extensions.Logging;

namespace Diabetes.Hosting.Shutdown;

/// <summary>Ends the node when an actor publishes that it failed or that the work is done.</summary>
internal sealed class EndWatch : ReceiveActor
{
    public EndWatch(EndSignal ending, ILogger logger)
    {
        Receive<NodeFailed>(failed =>
        {
            // What the operator can mend is said whole by its message; a stack trace would bury it.
            var isForTheOperator = failed.Cause is AmqpRefusedException or StoreUnusableException or LedgerUnusableException;
            Log.NodeFailed(logger, failed.What, failed.Cause.Message, isForTheOperator ? null : failed.Cause);
            ending.Raise(new Ending("a failure", ExitCode.Failed));
        });
        Receive<NodeDone>(_ => ending.Raise(new Ending("the end of its work", ExitCode.Clean)));
    }
}

/// <summary>Published on the event stream by a node whose work is done: the process drains and ends.</summary>
public sealed record NodeDone
{
    /// <summary>The only instance.</summary>
    public static readonly NodeDone Instance = new();
}

/// <summary>
/// Published on the event stream by an actor that failed: the process logs it, drains what it can and exits with an error.
/// </summary>
/// <param name="What">What failed, in a sentence.</param>
/// <param name="Cause">The exception; its message follows that sentence in the log.</param>
public sealed record NodeFailed(string What, Exception Cause);
