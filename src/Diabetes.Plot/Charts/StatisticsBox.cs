using Diabetes.Domain.Statistics;

namespace Diabetes.Plot.Charts;

/// <summary>Draws the statistics in a box above the plot, where they hide no data.</summary>
internal static class StatisticsBox
{
    /// <returns>The y position, in pixels, at which the next part may begin.</returns>
    public static double Draw(ChartCanvas canvas, ErrorSummary summary, double top)
    {
        var (unit, page) = (canvas.Unit, canvas.Page);
        (string Name, string Value)[] cells =
        [
            ("n", ChartNumbers.Count(summary.Count)),
            ("mean", ChartNumbers.Value(summary.Mean)),
            ("median", ChartNumbers.Quantile(summary.Median, summary)),
            ("std dev", ChartNumbers.Value(summary.StandardDeviation)),
            ("RMSE", ChartNumbers.Value(summary.Rmse)),
            ("P90", ChartNumbers.Quantile(summary.P90, summary)),
        ];
        var columns = page.Width >= 48 * unit ? 6 : 3;
        var lines = 6 / columns;
        var cellHeight = 3.3 * unit;
        var box = new ChartBox(page.Left, top, page.Right, top + (lines * cellHeight) + (0.7 * unit));
        // Leave the box out of a very small picture, so that the bars have enough room.
        if (page.Bottom - box.Bottom < 13 * unit)
        {
            return top;
        }

        canvas.Svg.Rectangle("statistics", box, canvas.Theme.Panel, 0.45 * unit);
        for (var i = 0; i < 6; i++)
        {
            var (name, value) = cells[i];
            if (i > 0 && summary.Count == 0)
            {
                value = "–";
            }

            var width = (box.Width - (2 * unit)) / columns;
            DrawCell(canvas, box.Left
                + unit + (i % columns * width), top + (0.35 * unit) + (i / columns * cellHeight), width - (0.6 * unit), name, value);
        }
        return box.Bottom + (0.9 * unit);
    }

    private static void DrawCell(ChartCanvas canvas, double left, double top, double width, string name, string value)
    {
        var (unit, svg, theme) = (canvas.Unit, canvas.Svg, canvas.Theme);
        var label = new TextStyle(0.85 * unit, theme.Muted);
        svg.Text("label", left, top + (1.2 * unit), name, label);
        // Draw a sample of the line in the plot.
        var x = left + TextMetrics.Width(name, label.Size, bold: false) + (0.5 * unit);
        var y = top + (0.92 * unit);
        if (name == "mean")
        {
            svg.Line("key", x, y, x + (1.8 * unit), y, theme.Mean, 0.13 * unit);
        }

        if (name == "median")
        {
            svg.Line("key", x, y, x + (1.8 * unit), y, theme.Ink, 0.11 * unit, 0.45 * unit);
        }

        var (text, size) = TextMetrics.Fit(value, 1.3 * unit, bold: true, width);
        svg.Text("value", left, top + (2.75 * unit), text, new TextStyle(size, theme.Ink, Bold: true));
    }
}
