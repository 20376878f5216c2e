using Diabetes.Domain.Statistics;

namespace Diabetes.Plot.Charts;

/// <summary>
/// Computes a Gaussian kernel density over the bars, in rows per bar. The density is reflected at 0, because no absolute error is negative:
/// otherwise the curve would drop near 0, where most errors lie.
/// </summary>
internal sealed class DensityCurve
{
    private const int Points = 300;
    private const double Reach = 5;

    private DensityCurve(double bandwidth, (double Error, double Rows)[] curve)
    {
        Bandwidth = bandwidth;
        Curve = curve;
    }

    /// <summary>The standard deviation of the kernel, in the unit of the error.</summary>
    public double Bandwidth { get; }

    /// <summary>The points of the curve from left to right: rows per bar over the error.</summary>
    public (double Error, double Rows)[] Curve { get; }

    public double Highest => Curve.Max(point => point.Rows);

    /// <summary>
    /// Computes the curve. Returns null if it would mean nothing: with fewer than three rows, or if all errors are equal.
    /// </summary>
    public static DensityCurve? Of(ErrorSummary summary, CumulativeCounts rows, HistogramBars bars)
    {
        if (summary.Count < 3 || !(summary.Max - summary.Min > summary.Max * 1e-9))
        {
            return null;
        }

        var bandwidth = BandwidthOf(summary, rows, bars);
        var bins = rows.Bins.ToArray();
        var curve = new (double, double)[Points + 1];
        for (var i = 0; i <= Points; i++)
        {
            var error = bars.Start + ((bars.End - bars.Start) * i / Points);
            curve[i] = (error, At(error, bins, bandwidth) * bars.Step.Value);
        }
        return new DensityCurve(bandwidth, curve);
    }

    // Silverman's rule of thumb, but at least half a bar. The curve smooths the bars, so it must not show more detail than they do; with
    // millions of rows that have only a few hundred different values it would.
    private static double BandwidthOf(ErrorSummary summary, CumulativeCounts rows, HistogramBars bars)
    {
        var quartiles = (rows.Quantile(0.75) - rows.Quantile(0.25)) / 1.34;
        var spread = quartiles > 0 ? Math.Min(summary.StandardDeviation, quartiles) : summary.StandardDeviation;
        var rule = 0.9 * spread * Math.Pow(summary.Count, -0.2);
        return Math.Clamp(rule, bars.Step.Value / 2, Math.Max(bars.Step.Value / 2, (bars.End - bars.Start) / 5));
    }

    private static double At(double error, (double Middle, long Count)[] bins, double bandwidth)
    {
        var sum = 0.0;
        foreach (var (middle, count) in bins)
        {
            sum += count * (Kernel((error - middle) / bandwidth) + Kernel((error + middle) / bandwidth));
        }

        return sum / (bandwidth * Math.Sqrt(2 * Math.PI));
    }

    private static double Kernel(double distance) => Math.Abs(distance) > Reach ? 0 : Math.Exp(-0.5 * distance * distance);
}
