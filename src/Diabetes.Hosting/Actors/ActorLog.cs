using Microsoft.Extensions.Logging;

namespace Diabetes.Hosting.Actors;

/// <summary>
/// Copies the events that the actor system logs, and Akka's dead letters, into the node's log. Replaces the logger of Akka.Hosting, which
/// puts a time, a thread and a level of its own into every line.
/// </summary>
internal sealed class ActorLog : ReceiveActor
{
    public ActorLog(ILogger logger)
    {
        Receive<Error>(error => Log.ActorError(logger, error.LogSource, $"{error.Message}", error.Cause));
        Receive<Warning>(warning => Log.ActorWarning(logger, warning.LogSource, $"{warning.Message}"));
        Receive<Info>(info => Log.ActorInfo(logger, info.LogSource, $"{info.Message}"));
        Receive<Debug>(debug => Log.ActorDebug(logger, debug.LogSource, $"{debug.Message}"));
        Receive<DeadLetter>(letter => Log.DeadLetter(logger, letter.Message.GetType().Name, letter.Recipient.Path.ToString()));
    }
}
