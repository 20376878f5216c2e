namespace Diabetes.Amqp.Tests.RabbitMq;

/// <summary>Tests that share one private RabbitMQ, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class RabbitMqCollection : ICollectionFixture<RabbitMqFixture>
{
    public const string Name = "RabbitMQ";
}
