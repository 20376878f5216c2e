using Diabetes.Testing;

namespace Diabetes.Streams.Tests;

/// <summary>The private RabbitMQ of a test run.</summary>
public sealed class RabbitMqFixture : IAsyncLifetime
{
    public PrivateRabbitMq Server { get; private set; } = null!;

    /// <summary>Options that reach it and find it again quickly.</summary>
    public RabbitMqOptions Options => new()
    {
        Uri = Server.Uri,
        ConnectionName = "streams-tests",
        Reconnect = new RabbitMqReconnect { Initial = TimeSpan.FromMilliseconds(50), Longest = TimeSpan.FromMilliseconds(500) },
    };

    public async Task InitializeAsync() => Server = await PrivateRabbitMq.OpenAsync();

    public async Task DisposeAsync() => await Server.DisposeAsync();
}
