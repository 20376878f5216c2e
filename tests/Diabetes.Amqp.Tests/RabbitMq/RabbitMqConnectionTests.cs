using Diabetes.Amqp.Tests.Compliance;
using Microsoft.Extensions.Logging.Abstractions;

namespace Diabetes.Amqp.Tests.RabbitMq;

[Collection(RabbitMqCollection.Name)]
public sealed class RabbitMqConnectionTests(RabbitMqFixture fixture) : ConnectionCompliance
{
    protected override AmqpConnection Connection { get; } = new RabbitMqConnection(
        fixture.Settings, TimeProvider.System, NullLogger.Instance);
}
