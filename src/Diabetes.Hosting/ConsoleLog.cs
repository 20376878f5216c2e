using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Diabetes.Hosting;

/// <summary>Writes the log of a node to standard output: one line an event, beginning with the UTC time.</summary>
internal static class ConsoleLog
{
    /// <summary>The category of the actor system's own lines; only <c>akka.loglevel</c> filters them.</summary>
    public const string Actors = "actors";

    public static ILoggerFactory Create() => new PrintableLog(LoggerFactory.Create(logging => logging
        .SetMinimumLevel(LogLevel.Information)
        .AddFilter(Actors, LogLevel.Trace)
        // The generic host and Akka.Hosting repeat in many lines what the node host logs in one.
        .AddFilter("Microsoft", LogLevel.None)
        .AddFilter("Akka", LogLevel.None)
        .AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
            console.ColorBehavior = Console.IsOutputRedirected ? LoggerColorBehavior.Disabled : LoggerColorBehavior.Default;
        })));
}
