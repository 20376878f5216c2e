using Diabetes.Features.Traffic;
using Diabetes.Hosting.Configuration.Sources;
using Diabetes.Hosting.Configuration;
using Diabetes.Ledger.Datasets;

namespace Diabetes.Features;

/// <summary>The <c>features.*</c> keys.</summary>
public static class FeaturesSettings
{
    public static readonly Setting<double> Rate = Setting.Number("features.rate", 0, 1_000_000);

    public static readonly Setting<long> Count = Setting.Long("features.count", 0, long.MaxValue);

    public static readonly Setting<LabelDelay> LabelDelay = Setting.Parsed<LabelDelay>("features.label-delay", LabelDelayText.Expected, LabelDelayText.TryParse);

    /// <summary>0 is one notification a row.</summary>
    public static readonly Setting<TimeSpan> NotifyInterval = Setting.Duration("features.notify-interval", TimeSpan.Zero, TimeSpan.FromDays(1));

    /// <summary>Null draws a seed.</summary>
    public static readonly Setting<int?> Seed = Setting.Parsed<int?>(
        "features.seed", "a whole number, or random", (string text, out int? seed) =>
        {
            seed = int.TryParse(text, out var number) ? number : null;
            return seed is not null || text == "random";
        });

    public static readonly Setting<string> Dataset = Setting.Text("features.dataset");

    /// <summary>The options of the command line.</summary>
    public static IReadOnlyList<NodeOption> Options { get; } =
    [
        new("--rate", "PER_SECOND", Rate, "Rows a second; 0 is as fast as the broker takes them"),
        new("--count", "N", Count, "Rows to send, then drain and exit; 0 never ends"),
        new("--label-delay", "DURATION", LabelDelay, "How long labels come after their rows: 2s, or a distribution such as \"uniform(0s, 5s)\""),
        new("--seed", "N", Seed, "Draws the same rows again for the same number"),
    ];
}

/// <summary>What a features node sends.</summary>
/// <param name="Dataset">Where rows are drawn from, evenly, with replacement.</param>
/// <param name="Rate">Rows a second; 0 for as fast as the broker takes them.</param>
/// <param name="Count">Rows in all; 0 for no end.</param>
/// <param name="LabelDelay">How long labels lag.</param>
/// <param name="NotifyInterval">Between two notifications; 0 for one a row; null for none.</param>
/// <param name="Seed">Draws the same rows and delays again; null for others each time.</param>
public sealed record FeaturesPlan(Dataset Dataset, double Rate, long Count, LabelDelay LabelDelay, TimeSpan? NotifyInterval, int? Seed);
