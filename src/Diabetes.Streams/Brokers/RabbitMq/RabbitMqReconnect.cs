namespace Diabetes.Streams;

/// <summary>Pauses between tries: the first doubles from try to try up to the longest, and of each a random part up to a half is left out.</summary>
public sealed record RabbitMqReconnect
{
    public TimeSpan Initial { get; init; } = TimeSpan.FromMilliseconds(200);

    public TimeSpan Longest { get; init; } = TimeSpan.FromSeconds(10);
}
