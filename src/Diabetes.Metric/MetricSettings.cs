using System.Diagnostics.CodeAnalysis;
using Diabetes.Domain;
using Diabetes.Hosting;

namespace Diabetes.Metric;

/// <summary>The <c>metric.*</c> keys.</summary>
public static class MetricSettings
{
    public static readonly Setting<int> Shards = Setting.Integer("metric.shards", 1, 1024);

    public static readonly Setting<TimeSpan> SpillAfter = Setting.Duration("metric.spill-after", TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(10));

    public static readonly Setting<TimeSpan> OrphanAfter = Setting.Duration("metric.orphan-after", TimeSpan.FromSeconds(1), TimeSpan.FromDays(3650));

    public static readonly Setting<ExpectedModels> Models =
        Setting.Parsed<ExpectedModels>("metric.models", "names of models between commas, each once, or nothing", TryParseModels);

    public static readonly Setting<TimeSpan> ReportInterval =
        Setting.Duration("metric.report-interval", TimeSpan.FromMilliseconds(100), TimeSpan.FromDays(1));

    public static readonly Setting<string> ErrorColumn =
        Setting.Choice("metric.ledger.error-column", ("absolute_error", "absolute_error"), ("error", "error"));

    public static readonly Setting<char> Delimiter =
        Setting.Choice("metric.ledger.delimiter", (",", ','), (";", ';'), ("|", '|'), ("\t", '\t'));

    public static readonly Setting<TimeSpan> CommitInterval =
        Setting.Duration("metric.ledger.commit-interval", TimeSpan.Zero, TimeSpan.FromSeconds(10));

    public static readonly Setting<int> CommitRows = Setting.Integer("metric.ledger.commit-rows", 1, 100_000);

    private static bool TryParseModels(string text, [MaybeNullWhen(false)] out ExpectedModels models)
    {
        try
        {
            models = ExpectedModels.Of(text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
            return true;
        }
        catch (ArgumentException)
        {
            models = null;
            return false;
        }
    }
}
