namespace Diabetes.Streams;

/// <summary>How a RabbitMQ is reached and spoken to.</summary>
public sealed record RabbitMqOptions
{
    /// <summary><c>amqp://user:password@host:port/vhost</c>, or <c>amqps://</c> for TLS. What is left out is guest, guest, 5672 (5671) and "/".</summary>
    public Uri Uri { get; init; } = new("amqp://guest:guest@localhost:5672");

    /// <summary>How this process is called in the broker's list of connections.</summary>
    public string ConnectionName { get; init; } = "diabetes";

    /// <summary>Most messages of one sink accepted and not yet confirmed.</summary>
    public int PublishWindow { get; init; } = 2000;

    /// <summary>How often both ends show that they are alive; who is silent three times is gone.</summary>
    internal TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Pauses between tries to reach the broker.</summary>
    public RabbitMqReconnect Reconnect { get; init; } = new();

    /// <summary>For amqps only.</summary>
    public RabbitMqTls Tls { get; init; } = new();

    /// <summary>Without the password, so that nobody logs it by logging the options.</summary>
    public override string ToString() => $"{ConnectionName} at {RabbitMqEndpoint.Parse(Uri)}";
}
