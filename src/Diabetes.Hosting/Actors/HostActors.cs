using Akka.Hosting;
using Diabetes.Hosting.Shutdown;
using Microsoft.Extensions.Logging;
using LogLevel = Akka.Event.LogLevel;

namespace Diabetes.Hosting.Actors;

/// <summary>Starts the host's own actors, before those of the nodes, so that they get everything that these publish.</summary>
internal static class HostActors
{
    private static readonly (LogLevel Level, Type Event)[] Logged =
    [
        (LogLevel.ErrorLevel, typeof(Error)),
        (LogLevel.WarningLevel, typeof(Warning)),
        (LogLevel.WarningLevel, typeof(DeadLetter)),
        (LogLevel.InfoLevel, typeof(Info)),
        (LogLevel.DebugLevel, typeof(Debug)),
    ];

    /// <summary>Adds the actor that logs and the actor that ends the process.</summary>
    /// <param name="akka">Builds the actor system.</param>
    /// <param name="ending">Ends the process.</param>
    /// <param name="actors">Gets the events of the actor system, from <c>akka.loglevel</c> on.</param>
    /// <param name="node">Gets the failure that ends the node.</param>
    public static AkkaConfigurationBuilder WithHostActors(
        this AkkaConfigurationBuilder akka, EndSignal ending, ILogger actors, ILogger node) =>
        akka.WithActors((system, _) =>
        {
            var log = system.ActorOf(Props.Create(() => new ActorLog(actors)), "actor-log");
            Subscribe(system, log, Logged.Where(logged => logged.Level >= system.EventStream.LogLevel).Select(logged => logged.Event));
            var watch = system.ActorOf(Props.Create(() => new EndWatch(ending, node)), "end-watch");
            Subscribe(system, watch, [typeof(NodeFailed), typeof(NodeDone)]);
        });

    // Subscribe here and not in the actor's PreStart, which may run after the next line has published.
    private static void Subscribe(ActorSystem system, IActorRef subscriber, IEnumerable<Type> events)
    {
        foreach (var subject in events)
        {
            system.EventStream.Subscribe(subscriber, subject);
        }
    }
}
