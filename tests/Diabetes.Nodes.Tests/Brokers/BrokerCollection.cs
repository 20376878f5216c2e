namespace Diabetes.Nodes.Tests.Brokers;

/// <summary>Tests that run processes, one after the other and beside no others: they share one private RabbitMQ and two cores.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class BrokerCollection : ICollectionFixture<BrokerFixture>
{
    public const string Name = "Processes";
}
