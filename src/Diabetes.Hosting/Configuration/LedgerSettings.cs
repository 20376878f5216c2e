using System.Diagnostics.CodeAnalysis;
using Diabetes.Domain.Joining;
using Diabetes.Hosting.Configuration.Sources;
using Diabetes.Ledger.Csv;
using Diabetes.Ledger.Postgres;
using Diabetes.Ledger.Sqlite;

namespace Diabetes.Hosting.Configuration;

/// <summary>
/// The keys below <c>metric</c> that say where the store and the ledger are, for the node that writes them and for those that read them.
/// </summary>
public static class LedgerSettings
{
    /// <summary>The SQLite store, in the folder of <see cref="NodeSettings.LogsPath"/>.</summary>
    private const string SqliteFile = "metric.db";

    /// <summary>Which store the metric node joins in.</summary>
    public static readonly Setting<StoreKind> Kind = Setting.Choice(
        "metric.store", ("sqlite", StoreKind.Sqlite), ("postgres", StoreKind.Postgres));

    /// <summary>Where the PostgreSQL database is; null if no database is named.</summary>
    public static readonly Setting<Uri?> PostgresUri = Setting.Parsed<Uri?>(
        "metric.postgres.uri", "a URI such as postgres://user:password@host:5432/database", TryParsePostgres);

    /// <summary>The schema that holds the tables.</summary>
    public static readonly Setting<string> PostgresSchema = Setting.Parsed(
        "metric.postgres.schema",
        "the name of a schema: small letters, digits and underscores, at most 51",
        (string text, [MaybeNullWhen(false)] out string value) => PostgresOptions.IsSchema(value = text));

    /// <summary>The CSV ledger, in the folder of <see cref="NodeSettings.LogsPath"/>.</summary>
    public static readonly Setting<string> LedgerFile = Setting.Parsed<string>(
        "metric.ledger.file", "the name of a file, without a folder and of at most 200 bytes", NodeSettings.TryParseFileName);

    /// <summary>Name of the ledger's fourth column.</summary>
    public static readonly Setting<string> ErrorColumn =
        Setting.Choice("metric.ledger.error-column", ("absolute_error", "absolute_error"), ("error", "error"));

    /// <summary>Separates the columns of the ledger.</summary>
    public static readonly Setting<char> Delimiter =
        Setting.Choice("metric.ledger.delimiter", (",", ','), (";", ';'), ("|", '|'), ("\t", '\t'));

    /// <summary>Names of the models whose predictions are joined; empty joins every prediction, whatever its model is called.</summary>
    public static readonly Setting<IReadOnlyList<string>> Models = Setting.Parsed<IReadOnlyList<string>>(
        "metric.models", "names of models between commas, each once and without quotes, or nothing", TryParseModels);

    /// <summary>Requires <c>metric.postgres.uri</c> if <c>metric.store</c> is postgres.</summary>
    public static readonly SettingRule NeedsDatabase = static settings =>
        settings.Get(Kind) == StoreKind.Postgres && settings.Get(PostgresUri) is null ? (PostgresUri, ExpectedDatabase) : null;

    /// <summary>Says where the CSV ledger is and how its rows are written; a ledger in PostgreSQL is exported in the same form.</summary>
    public static CsvLedgerOptions CsvLedger(this Settings settings) => new(settings.LogFile(settings.Get(LedgerFile)))
    {
        ErrorColumn = settings.Get(ErrorColumn),
        Delimiter = settings.Get(Delimiter),
    };

    /// <summary>Says where the SQLite store is and what it joins.</summary>
    public static SqliteJoinStoreOptions SqliteStore(this Settings settings) => new(settings.LogFile(SqliteFile), settings.CsvLedger())
    {
        Models = ExpectedModels.Of(settings.Get(Models)),
        UnifyIds = settings.Get(WireSettings.UnifyIds),
    };

    /// <summary>Says where the PostgreSQL store is.</summary>
    /// <param name="settings">The configuration.</param>
    /// <param name="application">Names this program in the database's list of sessions.</param>
    /// <exception cref="SettingsException"><c>metric.postgres.uri</c> is empty.</exception>
    public static PostgresOptions PostgresStore(this Settings settings, string application) =>
        new(settings.Get(PostgresUri) ?? throw settings.Invalid(PostgresUri, ExpectedDatabase))
        {
            Schema = settings.Get(PostgresSchema),
            ApplicationName = application,
        };

    private static string ExpectedDatabase =>
        $"the database, because {Kind.Path} is \"postgres\": {PostgresUri.Expected}. Set it in the environment "
        + $"({EnvironmentKeys.NameOf(PostgresUri.Path)}), not in a file";

    private static bool TryParsePostgres(string text, out Uri? value)
    {
        value = null;
        return text.Length == 0 || (Uri.TryCreate(text, UriKind.Absolute, out value) && PostgresOptions.IsDatabase(value));
    }

    private static bool TryParseModels(string text, [MaybeNullWhen(false)] out IReadOnlyList<string> value)
    {
        string[] names = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        value = names;
        return names.Distinct().Count() == names.Length && !text.Any(c => c == '"' || char.IsControl(c));
    }
}

/// <summary>Where the metric node keeps what it joins, and where the others find its ledger.</summary>
public enum StoreKind
{
    /// <summary>A SQLite file beside a CSV ledger, for one metric node.</summary>
    Sqlite,

    /// <summary>A PostgreSQL database that any number of metric nodes share; the ledger is a table of it.</summary>
    Postgres,
}
