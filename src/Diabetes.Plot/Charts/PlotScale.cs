namespace Diabetes.Plot.Charts;

/// <summary>Converts errors and row counts to pixels.</summary>
/// <param name="Area">The area of the plot without its labels.</param>
/// <param name="Start">The error at the left edge.</param>
/// <param name="End">The error at the right edge.</param>
/// <param name="Top">The number of rows at the upper edge.</param>
internal sealed record PlotScale(ChartBox Area, double Start, double End, double Top)
{
    public double X(double error) => Area.Left + ((error - Start) / (End - Start) * Area.Width);

    public double Y(double rows) => Area.Bottom - (rows / Top * Area.Height);
}
