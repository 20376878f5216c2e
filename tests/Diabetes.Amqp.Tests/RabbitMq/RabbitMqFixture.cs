using Diabetes.Testing.RabbitMq;

namespace Diabetes.Amqp.Tests.RabbitMq;

/// <summary>Starts a private RabbitMQ for a test run.</summary>
public sealed class RabbitMqFixture : IAsyncLifetime
{
    public PrivateRabbitMq Server { get; private set; } = null!;

    /// <summary>Settings that connect to it with short pauses.</summary>
    public RabbitMqConnectionSettings Settings => new()
    {
        Uri = Server.Uri,
        ConnectionName = "amqp-tests",
        Reconnect = RestartSettings.Create(TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(500), randomFactor: 0.5),
    };

    public async Task InitializeAsync() => Server = await PrivateRabbitMq.OpenAsync();

    public async Task DisposeAsync() => await Server.DisposeAsync();
}
