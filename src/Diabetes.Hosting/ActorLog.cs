using Microsoft.Extensions.Logging;

namespace Diabetes.Hosting;

/// <summary>Carries what the actor system says of itself into the node's log: failures, warnings, dead letters.</summary>
internal sealed class ActorLog : ReceiveActor
{
    public ActorLog(ILogger logger)
    {
        Receive<Error>(error => Log.ActorError(logger, error.LogSource, $"{error.Message}", error.Cause));
        Receive<Warning>(warning => Log.ActorWarning(logger, warning.LogSource, $"{warning.Message}"));
        Receive<DeadLetter>(letter => Log.DeadLetter(logger, letter.Message.GetType().Name, letter.Recipient.Path.ToString()));
    }

    protected override void PreStart()
    {
        foreach (var subject in (Type[])[typeof(Error), typeof(Warning), typeof(DeadLetter)])
        {
            Context.System.EventStream.Subscribe(Self, subject);
        }
    }
}
