using Diabetes.Domain.Statistics;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Diabetes.Domain.Tests.Statistics;

public class MomentsTests
{
    private const double Tolerance = 1e-9;

    private static readonly Arbitrary<double[]> Numbers = Gen.Choose(-1_000_000, 1_000_000)
        .Select(n => n / 1e3).NonEmptyListOf().Select(list => list.ToArray()).ToArbitrary();

    [Fact]
    public void Add_OfAnyStream_IsWhatTheFormulasSay() => Prop.ForAll(Numbers, numbers =>
    {
        var moments = Of(numbers);
        var mean = numbers.Average();
        var deviation = numbers.Length < 2 ? 0 : Math.Sqrt(numbers.Sum(number => (number - mean) * (number - mean)) / (numbers.Length - 1));

        Assert.Equal(numbers.Length, moments.Count);
        Assert.Equal(mean, moments.Mean, Tolerance * 1000);
        Assert.Equal(deviation, moments.StandardDeviation, Tolerance * 1000);
        Assert.Equal((numbers.Min(), numbers.Max()), (moments.Min, moments.Max));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Merge_OfAnySplitInAnyOrder_IsTheWhole() => Prop.ForAll(
        (from numbers in Numbers.Generator from at in Gen.Choose(0, numbers.Length) select (numbers, at)).ToArbitrary(),
        split =>
        {
            var whole = Of(split.numbers);
            var merged = Of(split.numbers[split.at..]).Merge(Of(split.numbers[..split.at]));

            Assert.Equal(whole.Count, merged.Count);
            Assert.Equal(whole.Mean, merged.Mean, Tolerance * 1000);
            Assert.Equal(whole.StandardDeviation, merged.StandardDeviation, Tolerance * 1000);
            Assert.Equal((whole.Min, whole.Max), (merged.Min, merged.Max));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void StandardDeviation_OfSmallSpreadFarFromZero_KeepsItsDigits() =>
        Assert.Equal(Math.Sqrt(30), Of([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16]).StandardDeviation, Tolerance);

    [Fact]
    public void Add_OfTheLargestDouble_OverflowsNowhere()
    {
        var moments = Of([1, double.MaxValue]).Merge(Of([2, 3]));

        Assert.Equal(double.MaxValue / 4, moments.Mean, double.MaxValue / 1e12);
        Assert.Equal(double.MaxValue / 2, moments.StandardDeviation, double.MaxValue / 1e12);
        Assert.Equal(double.MaxValue / 2, moments.RootMeanSquare, double.MaxValue / 1e12);
        Assert.Equal((1, double.MaxValue), (moments.Min, moments.Max));
        Assert.Equal(double.MaxValue, Of([double.MaxValue, double.MinValue]).PopulationDeviation, double.MaxValue / 1e12);
    }

    [Fact]
    public void Add_OfNumbersOfAnyExponent_IsWhatTheFormulasSayOfThemScaled() => Prop.ForAll(
        (from numbers in Numbers.Generator from exponent in Gen.Choose(-300, 1000) select (numbers, Math.Pow(2, exponent))).ToArbitrary(),
        stream =>
        {
            var (numbers, scale) = stream;
            var (small, large) = (Of(numbers), Of([.. numbers.Select(number => number * scale)]));

            Assert.Equal(small.Mean, large.Mean / scale, Tolerance * 1000);
            Assert.Equal(small.StandardDeviation, large.StandardDeviation / scale, Tolerance * 1000);
            Assert.Equal(small.RootMeanSquare, large.RootMeanSquare / scale, Tolerance * 1000);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Default_IsTheEmptyStream()
    {
        Assert.Equal(default, default(Moments).Merge(default));
        Assert.Equal(0, default(Moments).StandardDeviation);
        Assert.Equal(Of([1, 2]), default(Moments).Merge(Of([1, 2])));
        Assert.Equal(Of([1, 2]), Of([1, 2]).Merge(default));
    }

    private static Moments Of(double[] numbers) => numbers.Aggregate(default(Moments), (moments, number) => moments.Add(number));
}
