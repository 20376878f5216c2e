using Akka.Streams;
using Diabetes.Amqp.Client;

namespace Diabetes.Amqp.Settings;

/// <summary>How a RabbitMQ is reached and spoken to.</summary>
public sealed record RabbitMqConnectionSettings
{
    /// <summary><c>amqp://user:password@host:port/vhost</c>, or <c>amqps://</c> for TLS. What is left out is guest, guest, 5672 (5671) and "/".</summary>
    public Uri Uri { get; init; } = new("amqp://guest:guest@localhost:5672");

    /// <summary>How this process is called in the broker's list of connections.</summary>
    public string ConnectionName { get; init; } = "diabetes";

    /// <summary>Pauses between tries to reach the broker.</summary>
    public RestartSettings Reconnect { get; init; } = RestartSettings.Create(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(10), randomFactor: 0.5);

    /// <summary>For amqps only: the name that the broker's certificate must carry; empty for the host of the URI.</summary>
    public string TlsServerName { get; init; } = "";

    /// <summary>For amqps only: the PEM file of the authorities to trust, instead of the system's; empty for the system's.</summary>
    public string TlsCaFile { get; init; } = "";

    /// <summary>How often both ends show that they are alive; one that is silent three times is gone.</summary>
    internal TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Without the password, so that nobody logs it by logging the settings.</summary>
    public override string ToString() => $"{ConnectionName} at {RabbitMqEndpoint.Parse(Uri)}";
}
