namespace Diabetes.Plot.Charts;

/// <summary>Describes the vertical axis: whole numbers of rows, from 0 to a little above the highest point.</summary>
internal sealed class CountAxis
{
    private CountAxis(double top, NiceStep step)
    {
        Top = top;
        Ticks = [.. Enumerable.Range(0, 1 + (int)step.FloorOf(top)).Select(i => step.Times(i))];
    }

    /// <summary>The number of rows at the upper edge of the plot.</summary>
    public double Top { get; }

    public double[] Ticks { get; }

    public static CountAxis Of(double highest, double height, double spacing)
    {
        var top = Math.Max(highest, 1) * 1.06;
        return new CountAxis(top, NiceStep.AtLeast(Math.Max(1, top * spacing / height)));
    }

    public string Label(double tick) => ChartNumbers.CountTick(tick, Ticks[^1]);
}
