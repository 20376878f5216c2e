using System.Diagnostics.CodeAnalysis;
using Diabetes.Hosting.Configuration;
using Diabetes.Plot.Charts;

namespace Diabetes.Plot;

/// <summary>The <c>plot.*</c> keys.</summary>
public static class PlotSettings
{
    public static readonly Setting<PlotTrigger> Trigger = Setting.Choice(
        "plot.trigger", ("interval", PlotTrigger.Interval), ("notification", PlotTrigger.Notification));

    public static readonly Setting<TimeSpan> Interval = Setting.Duration("plot.interval", TimeSpan.FromMilliseconds(100), TimeSpan.FromDays(1));

    public static readonly Setting<string> File = Setting.Parsed<string>("plot.file", "the name of a file that ends in .png", TryParseFile);

    public static readonly Setting<int> Width = Setting.Integer("plot.width", ErrorChart.SmallestSide, ErrorChart.LargestSide);

    public static readonly Setting<int> Height = Setting.Integer("plot.height", ErrorChart.SmallestSide, ErrorChart.LargestSide);

    public static readonly Setting<ChartTheme> Theme = Setting.Choice("plot.theme", ("light", ChartTheme.Light), ("dark", ChartTheme.Dark));

    private static bool TryParseFile(string text, [MaybeNullWhen(false)] out string value)
    {
        value = text;
        return text.Length > 4 && text.EndsWith(".png", StringComparison.OrdinalIgnoreCase) && Path.GetFileName(text) == text && !text.Contains('\0');
    }
}

/// <summary>What makes a new picture.</summary>
public enum PlotTrigger
{
    /// <summary>The interval alone.</summary>
    Interval,

    /// <summary>A notification, and the interval in any case.</summary>
    Notification,
}
