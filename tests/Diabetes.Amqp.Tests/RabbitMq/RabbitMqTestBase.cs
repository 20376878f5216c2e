using Diabetes.Amqp.Tests.Support;
using Diabetes.Testing.Logging;
using Diabetes.Testing.RabbitMq;

namespace Diabetes.Amqp.Tests.RabbitMq;

/// <summary>Connects to the private server and records the log.</summary>
[Collection(RabbitMqCollection.Name)]
public abstract class RabbitMqTestBase(RabbitMqFixture fixture) : AmqpTest
{
    private RabbitMqConnection? _connection;

    protected PrivateRabbitMq Server => fixture.Server;

    protected RabbitMqConnectionSettings Settings { get; set; } = new();

    protected RecordingLogger Logged { get; } = new();

    protected override RabbitMqConnection Connection => _connection ??= new RabbitMqConnection(Settings, TimeProvider.System, Logged);

    public override Task InitializeAsync()
    {
        Settings = fixture.Settings;
        return Task.CompletedTask;
    }
}
