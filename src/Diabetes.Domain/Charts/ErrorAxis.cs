namespace Diabetes.Domain;

/// <summary>The horizontal axis: ticks that stand on the edges of bars, as many as have room for their labels.</summary>
internal sealed class ErrorAxis
{
    private readonly NiceStep _step;
    private readonly double _end;

    private ErrorAxis(NiceStep step, double start, double end)
    {
        _step = step;
        _end = end;
        var first = step.CeilingOf(start);
        Ticks = [.. Enumerable.Range(0, 1 + (int)(step.FloorOf(end) - first)).Select(i => step.Times(first + i))];
    }

    public double[] Ticks { get; }

    public static ErrorAxis Of(HistogramBars bars, double width, double fontSize)
    {
        var step = bars.Step;
        while (true)
        {
            var axis = step.IsMultipleOf(bars.Step) ? new ErrorAxis(step, bars.Start, bars.End) : null;
            var spacing = step.Value / (bars.End - bars.Start) * width;
            if (axis is not null && spacing >= (4 * fontSize) && spacing >= axis.WidestLabel(fontSize) + (1.5 * fontSize)) return axis;
            // Never without a tick, however wide its label.
            if (axis is { Ticks.Length: <= 2 }) return axis;
            step = step.Next;
        }
    }

    public string Label(double tick) => ChartNumbers.Tick(tick, _step, _end);

    private double WidestLabel(double fontSize) => Ticks.Length == 0 ? 0 : Ticks.Max(tick => TextMetrics.Width(Label(tick), fontSize, bold: false));
}
