using Diabetes.Domain.Statistics;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Diabetes.Domain.Tests.Statistics;

public class ErrorStatisticsTests
{
    private static readonly (double, double)[] Pairs = [(151, 206), (75, 68), (141, 176), (206, 166), (135, 128)];

    private static readonly Gen<(double YTrue, double YPred)> Observed =
        from yTrue in Gen.Choose(25_000, 346_000)
        from yPred in Gen.Choose(0, 400_000)
        select (yTrue / 1e3, yPred / 1e3);

    [Fact]
    public void Summarise_OfKnownPairs_IsWhatTheFormulasSay()
    {
        var summary = Of(Pairs).Summarise();

        Assert.Equal(5, summary.Count);
        Assert.Equal(28.8, summary.Mean, 1e-12);
        Assert.Equal(21.2179169571379, summary.StandardDeviation, 1e-12);
        Assert.Equal(34.4905784236797, summary.Rmse, 1e-12);
        Assert.Equal(7.2, summary.Bias, 1e-12);
        Assert.Equal(0.3175142280154213, summary.R2, 1e-12);
        Assert.Equal((7, 55), (summary.Min, summary.Max));
        Assert.InRange(summary.Median, 35 * 0.996, 35 * 1.004);
        Assert.InRange(summary.P90, 49 * 0.996, 49 * 1.004);
    }

    [Fact]
    public void Summarise_OfNothing_SaysSo()
    {
        var summary = new ErrorStatistics().Summarise();

        Assert.Equal((0, 0.0, 0.0, double.NaN, double.NaN), (summary.Count, summary.Mean, summary.Rmse, summary.Median, summary.R2));
    }

    [Theory]
    [InlineData(5, 1)]
    [InlineData(6, 0)]
    public void R2_WhereTheTruthNeverVaries_IsAllOrNothing(double yPred, double r2) =>
        Assert.Equal(r2, Of([(5, 5), (5, yPred)]).Summarise().R2);

    [Fact]
    public void Add_OfADifferenceBeyondADouble_CountsItApart()
    {
        var statistics = Of(Pairs);
        var before = statistics.Summarise();

        statistics.Add(double.MaxValue, double.MinValue);

        Assert.Equal(before with { NotFinite = 1 }, statistics.Summarise());
    }

    [Fact]
    public void R2_OfAPredictionFarAboveTheTruths_IsFarBelowZero() =>
        Assert.Equal(-1, Of([(1, 1), (2, 2), (3, 1e140)]).Summarise().R2 / 0.5e280, 1e-9);

    [Fact]
    public void Summarise_OfAPairNearTheLargestDouble_HasFiniteNumbers()
    {
        var summary = Of([.. Pairs, (1.7e308, 100)]).Summarise();

        Assert.All(
            [summary.Mean, summary.Median, summary.P90, summary.StandardDeviation, summary.Rmse, summary.Bias, summary.R2],
            value => Assert.True(double.IsFinite(value)));
        Assert.Equal(1.7e308 / Math.Sqrt(6), summary.Rmse, 1e297);
    }

    [Fact]
    public void Merge_OfAnySplit_IsTheWhole() => Prop.ForAll(
        (from pairs in Observed.ArrayOf() from at in Gen.Choose(0, pairs.Length) select (pairs, at)).ToArbitrary(),
        split =>
        {
            var whole = Of(split.pairs).Summarise();
            var merged = Of(split.pairs[..split.at]);
            merged.Merge(Of(split.pairs[split.at..]));
            var summary = merged.Summarise();

            Assert.Equal((whole.Count, whole.Min, whole.Max, whole.Median, whole.P90), (
                summary.Count, summary.Min, summary.Max, summary.Median, summary.P90));
            foreach (var (expected, actual) in new[] { (whole.Mean, summary.Mean), (
                whole.Rmse, summary.Rmse), (whole.Bias, summary.Bias), (whole.StandardDeviation, summary.StandardDeviation) })
            {
                Assert.Equal(expected, actual, 1e-6);
            }
        }).QuickCheckThrowOnFailure();

    private static ErrorStatistics Of(IEnumerable<(double YTrue, double YPred)> pairs)
    {
        var statistics = new ErrorStatistics();
        foreach (var (yTrue, yPred) in pairs)
        {
            statistics.Add(yTrue, yPred);
        }

        return statistics;
    }
}
