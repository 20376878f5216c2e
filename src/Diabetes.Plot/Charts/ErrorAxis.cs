namespace Diabetes.Plot.Charts;

/// <summary>Describes the horizontal axis. Ticks stand on the edges of bars, and there are as many as have room for their labels.</summary>
internal sealed class ErrorAxis
{
    private readonly NiceStep _step;
    private readonly double _end;

    private ErrorAxis(NiceStep step, double first, int count, double end)
    {
        _step = step;
        _end = end;
        Ticks = [.. Enumerable.Range(0, count).Select(i => step.Times(first + i))];
    }

    public double[] Ticks { get; }

    /// <param name="bars">The bars above the axis.</param>
    /// <param name="width">Length of the axis in pixels.</param>
    /// <param name="fontSize">Font size of the labels in pixels.</param>
    /// <param name="overhang">How far a label may reach beyond the right end of the axis, in pixels.</param>
    public static ErrorAxis Of(HistogramBars bars, double width, double fontSize, double overhang)
    {
        for (var step = bars.Step; ; step = step.Next)
        {
            if (double.IsFinite(step.Value) && !step.IsMultipleOf(bars.Step))
            {
                continue;
            }

            var first = step.CeilingOf(bars.Start);
            var axis = new ErrorAxis(step, first, 1 + (int)(step.FloorOf(bars.End) - first), bars.End);
            // Keep at least one tick, even if its label is too wide.
            if (axis.Ticks.Length < 2)
            {
                return new ErrorAxis(bars.Step, bars.Step.FloorOf(bars.Start), 1, bars.End);
            }

            var spacing = step.Value / (bars.End - bars.Start) * width;
            var label = axis.Ticks.Max(tick => TextMetrics.Width(axis.Label(tick), fontSize, bold: false));
            var pushed = Math.Max(0, (label / 2) - overhang);
            if (spacing >= 4 * fontSize && spacing >= label + pushed + fontSize)
            {
                return axis;
            }
        }
    }

    public string Label(double tick) => ChartNumbers.Tick(tick, _step, _end);
}
