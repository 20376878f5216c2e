namespace Diabetes.Actors;

/// <summary>The logger of last resort: log events that nobody subscribed to.</summary>
internal sealed class StandardOutLogger(LogLevel level)
{
    public void Write(LogEvent entry)
    {
        if (entry.LogLevel() >= level)
        {
            Console.Out.WriteLine(entry);
        }
    }
}
