using System.Diagnostics.CodeAnalysis;
using Diabetes.Hosting.Configuration;
using Diabetes.Plot.Charts;

namespace Diabetes.Plot;

/// <summary>Declares the <c>plot.*</c> keys.</summary>
public static class PlotSettings
{
    /// <summary>What causes a new picture.</summary>
    public static readonly Setting<PlotTrigger> Trigger = Setting.Choice(
        "plot.trigger", ("interval", PlotTrigger.Interval), ("notification", PlotTrigger.Notification));

    /// <summary>The time between two reads of the ledger, and the shortest time between two pictures.</summary>
    public static readonly Setting<TimeSpan> Interval = Setting.Duration(
        "plot.interval", TimeSpan.FromMilliseconds(100), TimeSpan.FromDays(1));

    /// <summary>The name of the picture in the folder of logs. It ends in <c>.png</c>; the SVG is written beside it.</summary>
    public static readonly Setting<string> File = Setting.Parsed<string>(
        "plot.file", "the name of a file that ends in .png, of at most 200 bytes", TryParseFile);

    /// <summary>Width of the picture in pixels.</summary>
    public static readonly Setting<int> Width = Setting.Integer("plot.width", ErrorChart.SmallestSide, ErrorChart.LargestSide);

    /// <summary>Height of the picture in pixels.</summary>
    public static readonly Setting<int> Height = Setting.Integer("plot.height", ErrorChart.SmallestSide, ErrorChart.LargestSide);

    /// <summary>Colours of the picture.</summary>
    public static readonly Setting<ChartTheme> Theme = Setting.Choice("plot.theme", ("light", ChartTheme.Light), ("dark", ChartTheme.Dark));

    private static bool TryParseFile(string text, [MaybeNullWhen(false)] out string value)
    {
        value = text;
        return text.Length > 4
            && text.EndsWith(".png", StringComparison.OrdinalIgnoreCase) && NodeSettings.TryParseFileName(text, out _);
    }
}

/// <summary>Says what causes a new picture.</summary>
public enum PlotTrigger
{
    /// <summary>Only the interval.</summary>
    Interval,

    /// <summary>A notification, or the interval if no notification arrives.</summary>
    Notification,
}
