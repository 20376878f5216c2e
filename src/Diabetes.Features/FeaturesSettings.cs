using Diabetes.Hosting;

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
}
