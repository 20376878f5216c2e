using Diabetes.Domain.Statistics;

namespace Diabetes.Plot.Charts;

/// <summary>Mean and median: a line each, with its name and value above the plot, or one for both where they are the same.</summary>
internal sealed class ErrorMarkers
{
    /// <summary>Height of a row of names, in units of text.</summary>
    public const double RowHeight = 1.6;

    private readonly Marker[] _markers;

    private ErrorMarkers(params Marker[] markers) => _markers = markers;

    /// <summary>Rows of names above the plot: 1 or 2.</summary>
    public int Rows => 1 + _markers.Max(marker => marker.Place.Row);

    /// <param name="summary">Where the lines stand.</param>
    /// <param name="scale">The plot, across.</param>
    /// <param name="left">How far to the left names may reach: they stand above the labels of the other axis.</param>
    /// <param name="unit">Of text.</param>
    public static ErrorMarkers Of(ErrorSummary summary, PlotScale scale, double left, double unit)
    {
        var gap = 0.5 * unit;
        var mean = At(summary.Mean, "mean", "mean " + ChartNumbers.Value(summary.Mean), scale);
        var median = At(summary.Median, "median", "median " + ChartNumbers.Quantile(summary.Median, summary), scale);
        var band = (left, scale.Area.Right + (HistogramPlot.Overhang * unit));
        if (ChartNumbers.Value(summary.Mean) == ChartNumbers.Value(summary.Median))
        {
            var both = At(summary.Mean, "mean", "mean = median " + ChartNumbers.Value(summary.Mean), scale);
            return new ErrorMarkers(both with { Place = MarkerLabels.Place((both.X, Width(both.Name, unit)), gap, band) });
        }
        var (first, second) = mean.X < median.X ? (mean, median) : (median, mean);
        var places = MarkerLabels.Place((first.X, Width(first.Name, unit)), (second.X, Width(second.Name, unit)), gap, band);
        return new ErrorMarkers(first with { Place = places.Left }, second with { Place = places.Right });
    }

    public void Draw(ChartCanvas canvas, PlotScale scale)
    {
        var (unit, svg, theme) = (canvas.Unit, canvas.Svg, canvas.Theme);
        foreach (var (kind, name, x, beyond, place) in _markers)
        {
            var (colour, width, dash) = kind == "mean" ? (theme.Mean, 0.13 * unit, 0) : (theme.Ink, 0.11 * unit, 0.45 * unit);
            var top = scale.Area.Top - (place.Row * RowHeight * unit);
            var reach = place.Beside ? top - (1.3 * unit) : scale.Area.Top;
            if (!beyond) svg.Line(kind, x, reach, x, scale.Area.Bottom, colour, width, dash);
            svg.Text(kind + "-name", place.Start, top - (0.55 * unit), name, new TextStyle(unit, colour, Bold: true));
        }
    }

    private static double Width(string text, double unit) => TextMetrics.Width(text, unit, bold: true);

    // A mean that far errors pull out of the picture stands at its edge, without a line.
    private static Marker At(double value, string kind, string name, PlotScale scale)
    {
        var beyond = value > scale.End;
        return new Marker(kind, name + (beyond ? " →" : ""), scale.X(beyond ? scale.End : value), beyond, default);
    }

    private readonly record struct Marker(string Kind, string Name, double X, bool Beyond, MarkerPlace Place);
}
