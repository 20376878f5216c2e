using Diabetes.Domain.Statistics;
using Diabetes.Plot.Charts;

namespace Diabetes.Nodes.Tests.Nodes.Plot.Charts;

public sealed class HistogramBarsTests
{
    [Fact]
    public void Of_FiveThousandNormalErrors_CutsAsFreedmanAndDiaconisSay()
    {
        var bars = Bars(ErrorSamples.Distribution(ErrorSamples.Normal(5000, 50)));
        // 2 · IQR · n^(-1/3) is about 4.9.
        Assert.Equal(5, bars.Step.Value);
        Assert.Equal(0, bars.Start);
    }

    [Fact]
    public void Of_EdgesThatMeetTheBins_CountsExactly()
    {
        var random = new Random(1);
        var values = Enumerable.Range(0, 10_000).Select(_ => random.Next(1000) / 10.0).ToArray();
        var errors = ErrorSamples.Distribution(values) with
        {
            Bins = [.. values.GroupBy(value => Math.Round(value * 10))
                .OrderBy(bin => bin.Key).Select(bin => new HistogramBin(bin.Key / 10, 0.1, bin.Count()))],
        };
        errors = errors with { Summary = errors.Summary with { Min = 0, Max = 99.95 } };
        var bars = Bars(errors);
        for (var i = 0; i < bars.Counts.Length; i++)
        {
            Assert.Equal(values.Count(value => value >= bars.Edge(i) - 1e-9 && value < bars.Edge(i + 1) - 1e-9), bars.Counts[i]);
        }
    }

    [Theory]
    [InlineData(10)]
    [InlineData(5000)]
    [InlineData(10_000_000)]
    public void Of_AnyCount_FewerBarsThanThereIsRoomFor(long count)
    {
        var bins = Enumerable.Range(0, 1000)
            .Select(i => new HistogramBin(i * 0.1, 0.1, count / 1000 + (i < count % 1000 ? 1 : 0))).ToArray();
        var summary = new ErrorSummary(count, 0, 50, 50, 90, 29, 0, 100, 58, 0, 0);
        var errors = new ErrorDistribution("", "", ErrorSamples.At, summary, bins);
        Assert.InRange(Bars(errors).Counts.Length, 3, 60);
    }

    [Fact]
    public void Of_BinsCoarserThanTheRule_MakesNoBarsBetweenThem()
    {
        var values = ErrorSamples.Normal(100_000, 50);
        var errors = ErrorSamples.Distribution(values) with
        {
            Bins = [.. values.GroupBy(value => Math.Floor(value / 16))
                .OrderBy(bin => bin.Key).Select(bin => new HistogramBin(bin.Key * 16, 16, bin.Count()))],
        };
        Assert.True(Bars(errors).Step.Value >= 16);
    }

    private static HistogramBars Bars(ErrorDistribution errors) =>
        HistogramBars.Of(errors.Summary, new CumulativeCounts(errors.Bins, errors.Summary.Min, errors.Summary.Max), 60);
}
