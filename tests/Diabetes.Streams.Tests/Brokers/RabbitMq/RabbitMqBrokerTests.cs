using Microsoft.Extensions.Logging.Abstractions;

namespace Diabetes.Streams.Tests;

[Collection(RabbitMqCollection.Name)]
public sealed class RabbitMqBrokerTests(RabbitMqFixture fixture) : BrokerCompliance
{
    protected override Task<IBroker> OpenAsync() =>
        Task.FromResult<IBroker>(new RabbitMqBroker(fixture.Options, TimeProvider.System, NullLogger.Instance));
}
