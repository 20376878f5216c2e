using System.Globalization;
using Diabetes.Domain.Statistics;

namespace Diabetes.Plot.Charts;

/// <summary>Formats the numbers of a picture.</summary>
internal static class ChartNumbers
{
    /// <summary>
    /// Formats a value with significant digits and grouping: 43.28, 0.001234, 12,350. Very large and very small values get an exponent.
    /// </summary>
    public static string Value(double value, int digits = 4)
    {
        if (value == 0)
        {
            return "0";
        }

        if (!double.IsFinite(value))
        {
            return value < 0 ? "−∞" : "∞";
        }

        var magnitude = (int)Math.Floor(Math.Log10(Math.Abs(value)));
        if (magnitude is > 8 or < -4)
        {
            return value.ToString("0." + new string('0', digits - 1) + "e0", CultureInfo.InvariantCulture);
        }

        return value.ToString("N" + Math.Max(0, digits - 1 - magnitude), CultureInfo.InvariantCulture);
    }

    /// <summary>Formats a quantile with the three digits to which a histogram knows it, or four if all errors are equal.</summary>
    public static string Quantile(double value, ErrorSummary summary) => Value(value, summary.Min == summary.Max ? 4 : 3);

    /// <summary>Formats a count with grouping: 10,000,000.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Formats a multiple of a step with as many decimals as the step needs.</summary>
    public static string Tick(double value, NiceStep step, double largest) =>
        value == 0 ? "0"
        : largest >= 1e9 || step.Decimals > 6 ? Scientific(value)
        : value.ToString("N" + step.Decimals, CultureInfo.InvariantCulture);

    /// <summary>Formats a count at the axis: 25,000 but 1.5M.</summary>
    public static string CountTick(double count, double largest) => largest switch
    {
        >= 1e15 => Scientific(count),
        >= 2e9 => Scaled(count, 1e9, "bn"),
        >= 1e6 => Scaled(count, 1e6, "M"),
        _ => count.ToString("N0", CultureInfo.InvariantCulture),
    };

    private static string Scaled(double count, double unit, string suffix) =>
        count == 0 ? "0" : (count / unit).ToString("0.###", CultureInfo.InvariantCulture) + suffix;

    private static string Scientific(double value) => value.ToString("0.###e0", CultureInfo.InvariantCulture);
}
