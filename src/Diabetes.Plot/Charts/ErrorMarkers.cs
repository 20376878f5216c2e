using Diabetes.Domain.Statistics;

namespace Diabetes.Plot.Charts;

/// <summary>
/// Draws the mean and the median: a line each, with name and value above the plot. If both have the same value, they share one line.
/// </summary>
internal sealed class ErrorMarkers
{
    /// <summary>The height of a row of names, as a multiple of the font size.</summary>
    public const double RowHeight = 1.6;

    private readonly Marker[] _markers;

    private ErrorMarkers(params Marker[] markers) => _markers = markers;

    /// <summary>The number of rows of names above the plot: 1 or 2.</summary>
    public int Rows => 1 + _markers.Max(marker => marker.Place.Row);

    /// <param name="summary">The mean and the median.</param>
    /// <param name="scale">The horizontal scale of the plot.</param>
    /// <param name="left">The x position, in pixels, at which names may begin. They may stand above the labels of the vertical
    /// axis.</param>
    /// <param name="unit">The font size in pixels.</param>
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
            if (!beyond)
            {
                svg.Line(kind, x, reach, x, scale.Area.Bottom, colour, width, dash);
            }

            svg.Text(kind + "-name", place.Start, top - (0.55 * unit), name, new TextStyle(unit, colour, Bold: true));
        }
    }

    private static double Width(string text, double unit) => TextMetrics.Width(text, unit, bold: true);

    // If a few very large errors move the mean beyond the right edge, its name stands at the edge and no line is drawn.
    private static Marker At(double value, string kind, string name, PlotScale scale)
    {
        var beyond = value > scale.End;
        return new Marker(kind, name + (beyond ? " →" : ""), scale.X(beyond ? scale.End : value), beyond, default);
    }

    private readonly record struct Marker(string Kind, string Name, double X, bool Beyond, MarkerPlace Place);
}
