using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Diabetes.Hosting;

/// <summary>The log of a node: one line an event, on standard output, with a UTC time that sorts.</summary>
internal static class ConsoleLog
{
    /// <summary>Under which the actor system speaks of itself; <c>akka.loglevel</c> alone says how much.</summary>
    public const string Actors = "actors";

    public static ILoggerFactory Create() => LoggerFactory.Create(logging => logging
        .SetMinimumLevel(LogLevel.Information)
        .AddFilter(Actors, LogLevel.Trace)
        // The generic host and Akka.Hosting repeat what the node host says in one line.
        .AddFilter("Microsoft", LogLevel.None)
        .AddFilter("Akka", LogLevel.None)
        .AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
            console.ColorBehavior = Console.IsOutputRedirected ? LoggerColorBehavior.Disabled : LoggerColorBehavior.Default;
        }));
}
