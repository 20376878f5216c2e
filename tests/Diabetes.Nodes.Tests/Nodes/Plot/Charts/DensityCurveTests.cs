using Diabetes.Plot.Charts;

namespace Diabetes.Nodes.Tests.Nodes.Plot.Charts;

public sealed class DensityCurveTests
{
    [Fact]
    public void Of_HalfNormalErrors_FollowsTheirDensity()
    {
        var (density, bars) = Curve(ErrorSamples.Normal(200_000, 50));
        foreach (var (error, rows) in density!.Curve.Where(point => point.Error < 120))
        {
            var expected = 200_000 * bars.Step.Value * 2 / (50 * Math.Sqrt(Math.Tau)) * Math.Exp(-0.5 * error * error / 2500);
            Assert.InRange(rows, 0.96 * expected, 1.04 * expected);
        }
    }

    [Theory]
    [InlineData("five thousand")]
    [InlineData("two humps")]
    [InlineData("ten")]
    public void Of_AnyErrors_CoversAsMuchAsTheBars(string name)
    {
        var errors = ErrorSamples.Named(name);
        var (density, bars) = Curve(errors);
        var points = density!.Curve;
        var area = 0.0;
        for (var i = 1; i < points.Length; i++)
        {
            area += (points[i].Rows + points[i - 1].Rows) / 2 * (points[i].Error - points[i - 1].Error);
        }
        // The rest beyond the last bar is the tail of the kernel.
        Assert.InRange(area / bars.Step.Value / errors.Length, 0.9, 1.001);
    }

    [Theory]
    [InlineData("two")]
    [InlineData("all equal")]
    [InlineData("all zero")]
    public void Of_NothingToSmooth_IsNone(string name) => Assert.Null(Curve(ErrorSamples.Named(name)).Density);

    private static (DensityCurve? Density, HistogramBars Bars) Curve(double[] values)
    {
        var errors = ErrorSamples.Distribution(values);
        var rows = new CumulativeCounts(errors.Bins, errors.Summary.Min, errors.Summary.Max);
        var bars = HistogramBars.Of(errors.Summary, rows, 60);
        return (DensityCurve.Of(errors.Summary, rows, bars), bars);
    }
}
