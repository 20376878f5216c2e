using Diabetes.Domain.Statistics;
using Diabetes.Plot.Charts;

namespace Diabetes.Nodes.Tests.Nodes.Plot.Charts;

public sealed class CumulativeCountsTests
{
    private static readonly HistogramBin[] Bins = [new(0, 1, 4), new(1, 1, 0), new(2, 2, 8)];

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, 0)]
    [InlineData(0.25, 1)]
    [InlineData(1, 4)]
    [InlineData(1.5, 4)]
    [InlineData(3, 8)]
    [InlineData(4, 12)]
    [InlineData(99, 12)]
    public void Below_SpreadsABinEvenly(double value, double rows) =>
        Assert.Equal(rows, new CumulativeCounts(Bins, 0, 4).Below(value));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.25, 0.75)]
    [InlineData(0.5, 2.5)]
    [InlineData(1, 4)]
    public void Quantile_IsTheInverse(double share, double value) =>
        Assert.Equal(value, new CumulativeCounts(Bins, 0, 4).Quantile(share));

    [Fact]
    public void Below_EqualValues_CountOnlyAboveThem()
    {
        var rows = new CumulativeCounts([new HistogramBin(40, 10, 7)], 42.5, 42.5);
        Assert.Equal(0, rows.Below(42.5));
        Assert.Equal(7, rows.Below(42.500001));
        Assert.Equal(42.5, rows.Quantile(0.5));
    }

    [Fact]
    public void Bins_Overlapping_Throw() =>
        Assert.Throws<ArgumentException>(() => new CumulativeCounts([new HistogramBin(0, 2, 1), new HistogramBin(1, 2, 1)], 0, 3));

    [Theory]
    [InlineData(double.NaN, 1, 1)]
    [InlineData(0, 0, 1)]
    [InlineData(0, double.PositiveInfinity, 1)]
    [InlineData(0, 1, -1)]
    public void Bins_ThatAreNone_Throw(double lower, double width, long count) =>
        Assert.Throws<ArgumentException>(() => new CumulativeCounts([new HistogramBin(lower, width, count)], 0, 3));
}
