namespace Diabetes.Domain;

/// <summary>Mean and median: a line each, with its name and value above the plot, or one for both where they are the same.</summary>
internal sealed class ErrorMarkers
{
    /// <summary>Height of a row of names, in units of text.</summary>
    public const double RowHeight = 1.6;

    private readonly List<(string Name, double X, bool Beyond, bool IsMean, MarkerPlace Place)> _markers = [];

    private ErrorMarkers()
    {
    }

    /// <summary>Rows of names above the plot: 1 or 2.</summary>
    public int Rows => 1 + _markers.Max(marker => marker.Place.Row);

    /// <param name="summary">Where the lines stand.</param>
    /// <param name="scale">The plot, across.</param>
    /// <param name="left">How far to the left names may reach: they stand above the labels of the other axis.</param>
    /// <param name="unit">Of text.</param>
    public static ErrorMarkers Of(ErrorSummary summary, PlotScale scale, double left, double unit)
    {
        var markers = new ErrorMarkers();
        var gap = 0.5 * unit;
        var mean = Name("mean " + ChartNumbers.Value(summary.Mean), summary.Mean, scale);
        var median = Name("median " + ChartNumbers.Quantile(summary.Median, summary), summary.Median, scale);
        var band = (left, scale.Area.Right + (HistogramPlot.Overhang * unit));
        if (ChartNumbers.Value(summary.Mean) == ChartNumbers.Value(summary.Median))
        {
            var both = Name("mean = median " + ChartNumbers.Value(summary.Mean), summary.Mean, scale);
            markers._markers.Add((both.Text, both.X, both.Beyond, true, MarkerLabels.Place((both.X, Width(both.Text, unit)), gap, band)));
            return markers;
        }
        var (first, second) = mean.X < median.X ? (mean, median) : (median, mean);
        var places = MarkerLabels.Place((first.X, Width(first.Text, unit)), (second.X, Width(second.Text, unit)), gap, band);
        markers._markers.Add((first.Text, first.X, first.Beyond, first == mean, places.Left));
        markers._markers.Add((second.Text, second.X, second.Beyond, second == mean, places.Right));
        return markers;
    }

    public void Draw(ChartCanvas canvas, PlotScale scale)
    {
        var (unit, svg, theme) = (canvas.Unit, canvas.Svg, canvas.Theme);
        foreach (var (name, x, beyond, isMean, place) in _markers)
        {
            var colour = isMean ? theme.Mean : theme.Ink;
            var top = scale.Area.Top - (place.Row * RowHeight * unit);
            var reach = place.Beside ? top - (1.3 * unit) : scale.Area.Top;
            if (!beyond) svg.Line(isMean ? "mean" : "median", x, reach, x, scale.Area.Bottom, colour, (isMean ? 0.13 : 0.11) * unit, isMean ? 0 : 0.45 * unit);
            svg.Text(isMean ? "mean-name" : "median-name", place.Start, top - (0.55 * unit), name, new TextStyle(unit, colour, Bold: true));
        }
    }

    private static double Width(string text, double unit) => TextMetrics.Width(text, unit, bold: true);

    // A mean that far errors pull out of the picture stands at its edge, without a line.
    private static (string Text, double X, bool Beyond) Name(string name, double value, PlotScale scale)
    {
        var beyond = value > scale.End;
        return (name + (beyond ? " →" : ""), scale.X(beyond ? scale.End : value), beyond);
    }
}
