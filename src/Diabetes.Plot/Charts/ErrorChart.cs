using Diabetes.Domain.Statistics;

namespace Diabetes.Plot.Charts;

/// <summary>
/// Draws the picture of the errors: statistics, bars, density curve, mean and median. It is a pure function of its input, so the SVG can be
/// converted to PNG, sent to a browser or compared in a test.
/// </summary>
public static class ErrorChart
{
    /// <summary>The smallest width and height, in pixels.</summary>
    public const int SmallestSide = 200;
    /// <summary>The largest width and height, in pixels.</summary>
    public const int LargestSide = 10_000;

    /// <summary>Draws the picture.</summary>
    /// <returns>An SVG document of <paramref name="width"/> × <paramref name="height"/> pixels.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The width or the height is not from 200 to 10,000 pixels.</exception>
    /// <exception cref="ArgumentException">The bins do not hold <see cref="ErrorSummary.Count"/> rows, or are not in ascending
    /// order.</exception>
    public static string Render(ErrorDistribution errors, int width, int height, ChartTheme theme)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, SmallestSide);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, LargestSide);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, SmallestSide);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(height, LargestSide);

        // The font size at 1600 × 1000 is 22 px, which is legible at half the size, as in a README.
        var unit = Math.Max(8, Math.Min(Math.Sqrt((double)width * height) * 0.0174, Math.Min(width, height) / 30.0));
        var margin = 1.5 * unit;
        using var svg = new SvgWriter(width, height, errors.Title, Describe(errors.Summary));
        svg.Rectangle("background", new ChartBox(0, 0, width, height), theme.Background);
        var canvas = new ChartCanvas(svg, theme, unit, new ChartBox(margin, margin, width - margin, height - margin));

        var top = ChartHeader.Draw(canvas, errors);
        top = StatisticsBox.Draw(canvas, errors.Summary, top);
        if (errors.Summary.Count == 0)
        {
            EmptyPlot.Draw(canvas, top);
        }
        else
        {
            HistogramPlot.Draw(canvas, errors, top);
        }

        return svg.Finish();
    }

    private static string Describe(ErrorSummary summary) => summary.Count == 0
        ? "No rows yet."
        : $"Histogram of {ChartNumbers.Count(summary.Count)} absolute errors "
            + $"from {ChartNumbers.Value(summary.Min)} to {ChartNumbers.Value(summary.Max)}: mean {ChartNumbers.Value(summary.Mean)}, "
            + $"median {ChartNumbers.Quantile(summary.Median, summary)}, RMSE {ChartNumbers.Value(summary.Rmse)}.";
}
