using System.Diagnostics.CodeAnalysis;
using Diabetes.Domain.Joining;
using Diabetes.Hosting.Configuration.Sources;
using Diabetes.Ledger.Csv;
using Diabetes.Ledger.Postgres;
using Diabetes.Ledger.Sqlite;

namespace Diabetes.Hosting.Configuration;

/// <summary>Store and ledger as the configuration names them: the metric node writes them, the plot node and the command line read them.</summary>
public static class StoreSettings
{
    /// <summary>The embedded store, in the folder of <see cref="CommonSettings.LogsPath"/>.</summary>
    private const string SqliteFile = "metric.db";

    public static readonly Setting<StoreKind> Kind = Setting.Choice("metric.store", ("sqlite", StoreKind.Sqlite), ("postgres", StoreKind.Postgres));

    /// <summary>Null where there is none.</summary>
    public static readonly Setting<Uri?> PostgresUri = Setting.Parsed<Uri?>(
        "metric.postgres.uri", "a URI such as postgres://user:password@host:5432/database?sslmode=require", TryParsePostgres);

    public static readonly Setting<string> PostgresSchema = Setting.Parsed(
        "metric.postgres.schema",
        "the name of a schema: small letters, digits and underscores, at most 51",
        (string text, [MaybeNullWhen(false)] out string value) => PostgresOptions.IsSchema(value = text));

    /// <summary>In the folder of <see cref="CommonSettings.LogsPath"/>.</summary>
    public static readonly Setting<string> LedgerFile = Setting.Parsed<string>(
        "metric.ledger.file", "the name of a file, without a folder", CommonSettings.TryParseFileName);

    public static readonly Setting<string> ErrorColumn =
        Setting.Choice("metric.ledger.error-column", ("absolute_error", "absolute_error"), ("error", "error"));

    public static readonly Setting<char> Delimiter =
        Setting.Choice("metric.ledger.delimiter", (",", ','), (";", ';'), ("|", '|'), ("\t", '\t'));

    /// <summary>Whose predictions are joined; empty is anyone's.</summary>
    public static readonly Setting<IReadOnlyList<string>> Models = Setting.Parsed<IReadOnlyList<string>>(
        "metric.models", "names of models between commas, each once and without quotes, or nothing", TryParseModels);

    /// <summary>The CSV ledger, or how the rows of another one look as CSV.</summary>
    public static CsvLedgerOptions CsvLedger(this Settings settings) => new(settings.LogFile(settings.Get(LedgerFile)))
    {
        ErrorColumn = settings.Get(ErrorColumn),
        Delimiter = settings.Get(Delimiter),
    };

    /// <summary>The embedded store.</summary>
    public static SqliteJoinStoreOptions SqliteStore(this Settings settings) => new(settings.LogFile(SqliteFile), settings.CsvLedger())
    {
        Models = ExpectedModels.Of(settings.Get(Models)),
        UnifyIds = settings.Get(CommonSettings.UnifyIds),
    };

    /// <summary>The shared store.</summary>
    /// <param name="settings">Says where.</param>
    /// <param name="application">What an operator of the database sees.</param>
    public static PostgresOptions PostgresStore(this Settings settings, string application) =>
        new(settings.Get(PostgresUri) ?? throw settings.Invalid(PostgresUri, NeedsUri)) { Schema = settings.Get(PostgresSchema), ApplicationName = application };

    /// <summary>The rule of a node that uses the store.</summary>
    public static readonly SettingRule NeedsDatabase = static settings =>
        settings.Get(Kind) == StoreKind.Postgres && settings.Get(PostgresUri) is null ? (PostgresUri, NeedsUri) : null;

    private static string NeedsUri =>
        $"where the database is, since {Kind.Path} is \"postgres\"; {PostgresUri.Expected}, in the environment rather than in a file: {EnvironmentKeys.NameOf(PostgresUri.Path)}";

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
