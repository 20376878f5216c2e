namespace Diabetes.Plot.Charts;

/// <summary>Draws the axes, the bars, the density curve and the lines of mean and median.</summary>
internal static class HistogramPlot
{
    /// <summary>How far text may reach into the right margin, as a multiple of the font size.</summary>
    public const double Overhang = 0.7;

    private const int MostBars = 60;

    public static void Draw(ChartCanvas canvas, ErrorDistribution errors, double top)
    {
        var rows = new CumulativeCounts(errors.Bins, errors.Summary.Min, errors.Summary.Max);
        if (rows.Total != errors.Summary.Count)
        {
            throw new ArgumentException($"The bins hold {rows.Total} rows, but the summary counts {errors.Summary.Count}.", nameof(errors));
        }

        var (unit, page) = (canvas.Unit, canvas.Page);
        var bars = HistogramBars.Of(errors.Summary, rows, (int)Math.Clamp(page.Width / (0.65 * unit), 10, MostBars));
        var density = DensityCurve.Of(errors.Summary, rows, bars);
        var bottom = ChartFooter.Draw(canvas, errors, bars, density) - (1.4 * unit);

        // Choose the ticks for the smallest possible height, because the width of their labels decides where the plot begins on the left.
        var height = bottom - top - (2 * ErrorMarkers.RowHeight * unit);
        var counts = CountAxis.Of(Math.Max(bars.Counts.Max(), density?.Highest ?? 0), height, Math.Max(3 * unit, height / 7));
        var labels = counts.Ticks.Max(tick => TextMetrics.Width(counts.Label(tick), unit, bold: false));
        var left = page.Left + (1.6 * unit) + labels + (0.6 * unit);
        var across = new PlotScale(new ChartBox(left, top, page.Right, bottom), bars.Start, bars.End, counts.Top);
        var markers = ErrorMarkers.Of(errors.Summary, across, page.Left, unit);
        var scale = across with { Area = across.Area with { Top = top + (markers.Rows * ErrorMarkers.RowHeight * unit) } };

        DrawCounts(canvas, scale, counts);
        DrawBars(canvas, scale, bars);
        DrawErrors(canvas, scale, ErrorAxis.Of(bars, scale.Area.Width, unit, Overhang * unit));
        if (density is not null)
        {
            var points = density.Curve.Select(point => (scale.X(point.Error), scale.Y(point.Rows)));
            canvas.Svg.Polyline("density", points, canvas.Theme.Curve, 0.14 * unit);
        }
        markers.Draw(canvas, scale);
    }

    private static void DrawCounts(ChartCanvas canvas, PlotScale scale, CountAxis axis)
    {
        var (unit, area) = (canvas.Unit, scale.Area);
        foreach (var tick in axis.Ticks)
        {
            var y = scale.Y(tick);
            if (tick > 0)
            {
                canvas.Svg.Line("grid", area.Left, y, area.Right, y, canvas.Theme.Grid, 0.06 * unit);
            }

            var baseline = y + (TextMetrics.CapHeight * unit / 2);
            canvas.Svg.Text("y-tick", area.Left - (0.6 * unit), baseline, axis.Label(tick), canvas.Plain(TextAnchor.End));
        }
        var middle = (area.Top + area.Bottom) / 2;
        canvas.Svg.Text("y-name", canvas.Page.Left + (0.8 * unit), middle, "rows", canvas.Plain(TextAnchor.Middle) with { Upright = true });
    }

    private static void DrawBars(ChartCanvas canvas, PlotScale scale, HistogramBars bars)
    {
        var width = scale.Area.Width / bars.Counts.Length;
        var gap = Math.Min(0.09 * canvas.Unit, width / 8);
        for (var i = 0; i < bars.Counts.Length; i++)
        {
            if (bars.Counts[i] == 0)
            {
                continue;
            }

            var (left, right) = (scale.X(bars.Edge(i)) + (gap / 2), scale.X(bars.Edge(i + 1)) - (gap / 2));
            var box = new ChartBox(left, scale.Y(bars.Counts[i]), right, scale.Area.Bottom);
            canvas.Svg.Rectangle("bar", box, canvas.Theme.Bar, tip: Tip(bars, i));
        }
    }

    private static string Tip(HistogramBars bars, int index) =>
        $"{Edge(bars, index)} to {Edge(bars, index + 1)}: {ChartNumbers.Count(bars.Counts[index])} "
        + (bars.Counts[index] == 1 ? "row" : "rows");

    private static string Edge(HistogramBars bars, int index) => ChartNumbers.Tick(bars.Edge(index), bars.Step, bars.End);

    private static void DrawErrors(ChartCanvas canvas, PlotScale scale, ErrorAxis axis)
    {
        var (unit, area, theme) = (canvas.Unit, scale.Area, canvas.Theme);
        canvas.Svg.Line("axis", area.Left, area.Bottom, area.Right, area.Bottom, theme.Axis, 0.08 * unit);
        foreach (var tick in axis.Ticks)
        {
            var (x, label) = (scale.X(tick), axis.Label(tick));
            canvas.Svg.Line("tick", x, area.Bottom, x, area.Bottom + (0.35 * unit), theme.Axis, 0.08 * unit);
            var half = TextMetrics.Width(label, unit, bold: false) / 2;
            var middle = Math.Min(x, canvas.Page.Right + (Overhang * unit) - half);
            canvas.Svg.Text("x-tick", middle, area.Bottom + (1.4 * unit), label, canvas.Plain(TextAnchor.Middle));
        }
    }
}
