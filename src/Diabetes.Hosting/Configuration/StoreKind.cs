namespace Diabetes.Hosting.Configuration;

/// <summary>Where the metric node keeps what it joins, and where the others find its ledger.</summary>
public enum StoreKind
{
    /// <summary>A file beside a CSV ledger, for one metric node.</summary>
    Sqlite,

    /// <summary>A database that any number of metric nodes share; the ledger is a table of it.</summary>
    Postgres,
}
