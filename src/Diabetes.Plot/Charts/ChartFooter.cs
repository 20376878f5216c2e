namespace Diabetes.Plot.Charts;

/// <summary>
/// Draws the text below the axis: the name of the axis, how the bars were made, and how many rows lie beyond the right end.
/// </summary>
internal static class ChartFooter
{
    /// <returns>The y position, in pixels, down to which tick labels may reach.</returns>
    public static double Draw(ChartCanvas canvas, ErrorDistribution errors, HistogramBars bars, DensityCurve? density)
    {
        var (unit, page, svg) = (canvas.Unit, canvas.Page, canvas.Svg);
        var small = 0.85 * unit;
        var made = errors.Summary.Count == 1 ? "one row so far"
            : errors.Summary.Min == errors.Summary.Max ? "all " + ChartNumbers.Count(errors.Summary.Count) + " rows have the same error"
            : "bars " + ChartNumbers.Tick(bars.Step.Value, bars.Step, bars.Step.Value) + " wide"
            + (density is null ? "" : ", curve: Gaussian kernel density, bandwidth " + ChartNumbers.Value(density.Bandwidth, digits: 2));
        var beyond = Beyond(errors, bars);
        var oneLine = TextMetrics.Width(made + beyond, small, bold: false) + (2 * unit) <= page.Width;

        var baseline = page.Bottom - (0.1 * unit);
        Put("made", page.Left, made, TextAnchor.Start, canvas.Theme.Muted);
        if (beyond.Length > 0)
        {
            if (!oneLine)
            {
                baseline -= 1.35 * unit;
            }

            Put("beyond", page.Right, beyond, TextAnchor.End, canvas.Theme.Ink);
        }
        baseline -= 1.9 * unit;
        var name = errors.Unit.Length == 0 ? "absolute error" : "absolute error (" + errors.Unit + ")";
        var (text, size) = TextMetrics.Fit(name, unit, bold: false, page.Width);
        svg.Text("axis-name", (page.Left + page.Right) / 2, baseline, text, canvas.Plain(TextAnchor.Middle) with { Size = size });
        return baseline - (1.5 * unit);

        void Put(string kind, double x, string words, TextAnchor anchor, string fill)
        {
            var (fitting, fontSize) = TextMetrics.Fit(words, small, bold: false, page.Width);
            svg.Text(kind, x, baseline, fitting, new TextStyle(fontSize, fill, anchor));
        }
    }

    private static string Beyond(ErrorDistribution errors, HistogramBars bars)
    {
        // A difference that is too large for a double stands at infinity.
        var (beyond, largest) = errors.Summary.NotFinite > 0
            ? (bars.Beyond + errors.Summary.NotFinite, double.PositiveInfinity)
            : (bars.Beyond, errors.Summary.Max);
        return beyond == 0 ? ""
            : ChartNumbers.Count(beyond) + (beyond == 1 ? " row" : " rows")
                + " beyond " + ChartNumbers.Tick(bars.End, bars.Step, bars.End)
                + (beyond == 1 ? ", at " : ", up to ") + ChartNumbers.Value(largest) + " →";
    }
}
