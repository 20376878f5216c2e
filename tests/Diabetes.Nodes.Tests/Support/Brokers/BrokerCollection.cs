using Diabetes.Nodes.Tests.EndToEnd.Databases;

namespace Diabetes.Nodes.Tests.Support.Brokers;

/// <summary>
/// Runs the tests that start processes one after the other and beside no others: they share one private RabbitMQ, one private
/// PostgreSQL and two cores.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class BrokerCollection : ICollectionFixture<BrokerFixture>, ICollectionFixture<DatabaseFixture>
{
    public const string Name = "Processes";
}
