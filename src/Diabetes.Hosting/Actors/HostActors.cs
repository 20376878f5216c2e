using Akka.Hosting;
using Diabetes.Hosting.Shutdown;
using Microsoft.Extensions.Logging;
using LogLevel = Akka.Event.LogLevel;

namespace Diabetes.Hosting.Actors;

/// <summary>The host's own actors. They hear whatever a node's actors publish, since they are there first.</summary>
internal static class HostActors
{
    private static readonly (LogLevel Level, Type Event)[] Said =
    [
        (LogLevel.ErrorLevel, typeof(Error)),
        (LogLevel.WarningLevel, typeof(Warning)),
        (LogLevel.WarningLevel, typeof(DeadLetter)),
        (LogLevel.InfoLevel, typeof(Info)),
        (LogLevel.DebugLevel, typeof(Debug)),
    ];

    /// <param name="akka">The actor system to be.</param>
    /// <param name="ending">What ends the process.</param>
    /// <param name="actors">For what the actor system says of itself, from <c>akka.loglevel</c> on.</param>
    /// <param name="node">For a failure.</param>
    public static AkkaConfigurationBuilder WithHostActors(this AkkaConfigurationBuilder akka, EndSignal ending, ILogger actors, ILogger node) =>
        akka.WithActors((system, _) =>
        {
            var log = system.ActorOf(Props.Create(() => new ActorLog(actors)), "actor-log");
            Subscribe(system, log, Said.Where(said => said.Level >= system.EventStream.LogLevel).Select(said => said.Event));
            Subscribe(system, system.ActorOf(Props.Create(() => new EndWatch(ending, node)), "end-watch"), [typeof(NodeFailed), typeof(NodeDone)]);
        });

    // From here and not by the actor when it starts, which may be after the next line has published.
    private static void Subscribe(ActorSystem system, IActorRef subscriber, IEnumerable<Type> events)
    {
        foreach (var subject in events)
        {
            system.EventStream.Subscribe(subscriber, subject);
        }
    }
}
