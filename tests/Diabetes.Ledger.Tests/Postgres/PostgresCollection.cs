namespace Diabetes.Ledger.Tests.Postgres;

/// <summary>Tests that share one private PostgreSQL, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class PostgresCollection : ICollectionFixture<PostgresFixture>
{
    public const string Name = "PostgreSQL";
}
