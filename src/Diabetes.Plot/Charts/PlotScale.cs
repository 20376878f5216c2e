namespace Diabetes.Plot.Charts;

/// <summary>Where errors and counts stand in the plot.</summary>
/// <param name="Area">The plot, without its labels.</param>
/// <param name="Start">Error at the left edge.</param>
/// <param name="End">Error at the right edge.</param>
/// <param name="Top">Rows at the upper edge.</param>
internal sealed record PlotScale(ChartBox Area, double Start, double End, double Top)
{
    public double X(double error) => Area.Left + ((error - Start) / (End - Start) * Area.Width);

    public double Y(double rows) => Area.Bottom - (rows / Top * Area.Height);
}
