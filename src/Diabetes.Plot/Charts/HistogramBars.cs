using Diabetes.Domain.Statistics;

namespace Diabetes.Plot.Charts;

/// <summary>
/// Chooses the bars of a picture: round edges, a width that fits the data (the finer of Freedman–Diaconis and Sturges, like NumPy's
/// "auto"), and a right end that keeps a few very large errors from squeezing all others into one bar.
/// </summary>
internal sealed class HistogramBars
{
    // Up to 2 % of the rows may lie beyond the end if they are far from the others: 5 interquartile ranges are about 7 σ for normal errors.
    private const double Fence = 5;
    private const double MostBeyond = 0.02;
    private const int Fewest = 5;

    // Subtracted from a whole rank to find the last row of that rank and not the first row of the next.
    private const double Hair = 1e-3;

    private readonly double _first;

    private HistogramBars(NiceStep step, double first, double last, CumulativeCounts rows, bool open)
    {
        Step = step;
        _first = first;
        Counts = new long[Math.Max(1, (int)(Math.Min(last, step.CeilingOf(double.MaxValue)) - first))];
        // Round the cumulative count and not each bar, so that the bars add up to the number of rows.
        var below = (long)Math.Round(rows.Below(Edge(0)));
        for (var i = 0; i < Counts.Length; i++)
        {
            var next = i == Counts.Length - 1 && !open ? rows.Total : (long)Math.Round(rows.Below(Edge(i + 1)));
            Counts[i] = next - below;
            below = next;
        }
        Beyond = rows.Total - below;
    }

    /// <summary>The width of a bar.</summary>
    public NiceStep Step { get; }

    /// <summary>The number of rows in each bar, from left to right.</summary>
    public long[] Counts { get; }

    /// <summary>The number of rows to the right of the last bar.</summary>
    public long Beyond { get; }

    public double Start => Edge(0);

    public double End => Edge(Counts.Length);

    /// <summary>The left edge of bar <paramref name="index"/>. The last bar of all doubles ends at the largest one.</summary>
    public double Edge(int index) => Math.Min(Step.Times(_first + index), double.MaxValue);

    /// <param name="summary">The statistics of at least one row.</param>
    /// <param name="rows">The same errors as cumulative counts.</param>
    /// <param name="most">The largest number of bars that fit.</param>
    public static HistogramBars Of(ErrorSummary summary, CumulativeCounts rows, int most)
    {
        var quartiles = rows.Quantile(0.75) - rows.Quantile(0.25);
        var (end, open) = EndOf(summary, rows, quartiles);
        var spread = end - summary.Min;
        if (spread <= end * 1e-9)
        {
            return OfOneValue(summary.Max, rows);
        }

        // Begin at 0 unless that would leave more than half of the picture empty.
        var start = summary.Min > spread ? summary.Min : 0;
        var width = spread / (Math.Log2(summary.Count) + 1);
        if (quartiles > 0)
        {
            width = Math.Min(width, 2 * quartiles / Math.Cbrt(summary.Count));
        }

        width = Math.Clamp(width, (end - start) / most, (end - start) / Fewest);
        var step = NiceStep.Nearest(Math.Max(width, 1.5 * rows.Resolution));
        while (step.CeilingOf(end) - step.FloorOf(start) > most)
        {
            step = step.Next;
        }

        return new HistogramBars(step, step.FloorOf(start), step.CeilingOf(end), rows, open);
    }

    private static (double End, bool Open) EndOf(ErrorSummary summary, CumulativeCounts rows, double quartiles)
    {
        if (summary.Count < 5)
        {
            return (summary.Max, false);
        }

        var beyond = Math.Max(1, Math.Floor(summary.Count * MostBeyond));
        var far = Math.Max(rows.Quantile(0.75) + (Fence * quartiles), rows.Quantile((summary.Count - beyond - Hair) / summary.Count));
        // Do not cut off the largest errors if that would gain little room.
        if (summary.Max - summary.Min <= 1.3 * (far - summary.Min) || far <= summary.Min)
        {
            return (summary.Max, false);
        }
        // Also cut off the empty stretch before the largest errors.
        var last = rows.Quantile((Math.Round(rows.Below(far)) - Hair) / summary.Count);
        return last > summary.Min ? (last, true) : (summary.Max, false);
    }

    // All errors are equal: put one bar in the middle of the picture.
    private static HistogramBars OfOneValue(double value, CumulativeCounts rows)
    {
        if (value == 0)
        {
            return new HistogramBars(new NiceStep(1, -1), 0, 10, rows, open: false);
        }

        var step = NiceStep.AtLeast(value / 10);
        return new HistogramBars(step, 0, (2 * step.FloorOf(value)) + 1, rows, open: false);
    }
}
