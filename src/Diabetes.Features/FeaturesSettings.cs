using Diabetes.Features.Traffic;
using Diabetes.Hosting.Configuration;
using Diabetes.Hosting.Configuration.Sources;
using Diabetes.Ledger.Datasets;

namespace Diabetes.Features;

/// <summary>Declares the <c>features.*</c> keys.</summary>
public static class FeaturesSettings
{
    /// <summary>Rows per second; 0 means as fast as the broker takes them.</summary>
    public static readonly Setting<double> Rate = Setting.Number("features.rate", 0, 1_000_000);

    /// <summary>The number of rows after which the node ends; 0 means no end.</summary>
    public static readonly Setting<long> Count = Setting.Long("features.count", 0, long.MaxValue);

    /// <summary>How long after its row a label is sent.</summary>
    public static readonly Setting<LabelDelay> LabelDelay = Setting.Parsed<LabelDelay>(
        "features.label-delay", LabelDelayText.Expected, LabelDelayText.TryParse);

    /// <summary>The shortest time between two notifications; 0 means one for each row.</summary>
    public static readonly Setting<TimeSpan> NotifyInterval = Setting.Duration(
        "features.notify-interval", TimeSpan.Zero, TimeSpan.FromDays(1));

    /// <summary>The seed of rows and delays; null means a random seed.</summary>
    public static readonly Setting<int?> Seed = Setting.Parsed<int?>(
        "features.seed", "a whole number, or random", (string text, out int? seed) =>
        {
            seed = int.TryParse(text, out var number) ? number : null;
            return seed is not null || text == "random";
        });

    /// <summary>The path of the dataset; empty means the one that is installed with the node.</summary>
    public static readonly Setting<string> Dataset = Setting.Text("features.dataset");

    /// <summary>The options of the command line.</summary>
    public static IReadOnlyList<NodeOption> Options { get; } =
    [
        new("--rate", "PER_SECOND", Rate, "Rows a second; 0 is as fast as the broker takes them"),
        new("--count", "N", Count, "Rows to send, then drain and exit; 0 never ends"),
        new(
            "--label-delay",
            "DURATION",
            LabelDelay,
            "How long labels come after their rows: 2s, or a distribution such as \"uniform(0s, 5s)\""),
        new("--seed", "N", Seed, "Draws the same rows again for the same number"),
    ];
}

/// <summary>Says what a features node sends.</summary>
/// <param name="Dataset">The rows to choose from, at random and with replacement.</param>
/// <param name="Rate">Rows per second; 0 means as fast as the broker takes them.</param>
/// <param name="Count">The number of rows to send; 0 means no end.</param>
/// <param name="LabelDelay">How long after its row a label is sent.</param>
/// <param name="NotifyInterval">The shortest time between two notifications; 0 means one for each row, null means none.</param>
/// <param name="Seed">The seed of rows and delays; null means a random seed.</param>
public sealed record FeaturesPlan(Dataset Dataset, double Rate, long Count, LabelDelay LabelDelay, TimeSpan? NotifyInterval, int? Seed);
