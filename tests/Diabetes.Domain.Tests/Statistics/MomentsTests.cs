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
    public void Default_IsTheEmptyStream()
    {
        Assert.Equal(default, default(Moments).Merge(default));
        Assert.Equal(0, default(Moments).StandardDeviation);
        Assert.Equal(Of([1, 2]), default(Moments).Merge(Of([1, 2])));
        Assert.Equal(Of([1, 2]), Of([1, 2]).Merge(default));
    }

    private static Moments Of(double[] numbers) => numbers.Aggregate(default(Moments), (moments, number) => moments.Add(number));
}
