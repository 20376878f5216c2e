using Diabetes.Testing.RabbitMq;

namespace Diabetes.Nodes.Tests.Support.Brokers;

/// <summary>The private RabbitMQ of a test run.</summary>
public sealed class BrokerFixture : IAsyncLifetime
{
    private int _hosts;

    public PrivateRabbitMq Server { get; private set; } = null!;

    /// <summary>Queues of one test's own, under the names that every service uses.</summary>
    internal Task<VirtualHost> OpenHostAsync() => VirtualHost.OpenAsync(Server, $"test-{++_hosts}");

    public async Task InitializeAsync() => Server = await PrivateRabbitMq.OpenAsync();

    public async Task DisposeAsync() => await Server.DisposeAsync();
}
