using Akka.Streams;
using Diabetes.Amqp.Client;

namespace Diabetes.Amqp.Settings;

/// <summary>Says how to connect to RabbitMQ.</summary>
public sealed record RabbitMqConnectionSettings
{
    /// <summary>
    /// <c>amqp://user:password@host:port/vhost</c>, or <c>amqps://</c> for TLS. The defaults are user guest, password guest, port 5672
    /// (5671 for TLS) and virtual host "/".
    /// </summary>
    public Uri Uri { get; init; } = new("amqp://guest:guest@localhost:5672");

    /// <summary>The name of this process in the broker's list of connections.</summary>
    public string ConnectionName { get; init; } = "diabetes";

    /// <summary>The pauses between attempts to connect.</summary>
    public RestartSettings Reconnect { get; init; } =
        RestartSettings.Create(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(10), randomFactor: 0.5);

    /// <summary>For amqps only: the name in the broker's certificate; empty means the host of the URI.</summary>
    public string TlsServerName { get; init; } = "";

    /// <summary>For amqps only: the PEM file of the certificate authorities to trust; empty means those of the system.</summary>
    public string TlsCaFile { get; init; } = "";

    /// <summary>The interval of heartbeats. A peer that misses three is considered lost.</summary>
    internal TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Describes the connection without the password, so that logging the settings does not reveal it.</summary>
    public override string ToString() => $"{ConnectionName} at {RabbitMqEndpoint.Parse(Uri)}";
}
