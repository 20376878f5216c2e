using Diabetes.Domain.Statistics;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Diabetes.Domain.Tests.Statistics;

public class ErrorHistogramTests
{
    /// <summary>Numbers below this one are held with fewer digits, by a double itself too.</summary>
    private const double SmallestNormal = 2.2250738585072014e-308;

    /// <summary>Generates errors from subnormal numbers to the largest double, evenly over the exponents or mostly in between.</summary>
    private static readonly Gen<double> Errors = Gen.OneOf(
        from exponent in Gen.Choose(-307, 307)
        from digits in Gen.Choose(1_000_000, 9_999_999)
        select digits / 1e6 * Math.Pow(10, exponent),
        Gen.Choose(0, 350_000_000).Select(n => n / 1e6),
        ArbMap.Default.GeneratorFor<NormalFloat>().Select(number => Math.Abs(number.Get)),
        Gen.Elements(0.0, -0.0, 5e-324, 1e-300, 1e300, double.MaxValue));

    [Fact]
    public void Add_OfAnything_CountsItOnceInTheBinThatHoldsIt() => Prop.ForAll(Errors.ArrayOf().ToArbitrary(), errors =>
    {
        var histogram = Of(errors);
        var bins = histogram.Bins();

        Assert.Equal(errors.Length, histogram.Total);
        Assert.Equal(errors.Length, bins.Sum(bin => bin.Count));
        foreach (var bin in bins)
        {
            var end = bin.Lower + bin.Width;
            Assert.Equal(errors.Count(error => error >= bin.Lower && (error < end || (error == end && end == double.MaxValue))), bin.Count);
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Bins_OfAnything_AscendAndDoNotOverlap() => Prop.ForAll(Errors.ArrayOf().ToArbitrary(), errors =>
    {
        var bins = Of(errors).Bins();

        Assert.All(bins, bin => Assert.True(bin.Width > 0));
        foreach (var (lower, upper) in bins.Zip(bins.Skip(1)))
        {
            Assert.True(lower.Lower + lower.Width <= upper.Lower);
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Add_InAnotherOrder_GivesTheSameBins() => Prop.ForAll(
        (from errors in Errors.ArrayOf() from order in Gen.Shuffle(errors) select (errors, order.ToArray())).ToArbitrary(),
        pair => Assert.Equal(Of(pair.errors).Bins(), Of(pair.Item2).Bins())).QuickCheckThrowOnFailure();

    [Fact]
    public void Merge_OfAnySplit_IsTheWhole() => Prop.ForAll(
        (from errors in Errors.ArrayOf() from at in Gen.Choose(0, errors.Length) select (errors, at)).ToArbitrary(),
        split =>
        {
            var merged = Of(split.errors[..split.at]);
            merged.Merge(Of(split.errors[split.at..]));

            Assert.Equal(Of(split.errors).Bins(), merged.Bins());
            Assert.Equal(split.errors.Length, merged.Total);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Quantile_OfAnything_IsWithinItsError() => Prop.ForAll(
        (from errors in Errors.NonEmptyListOf() from percent in Gen.Choose(0, 100) select (errors.ToArray(), percent / 100.0))
        .ToArbitrary(),
        question =>
        {
            var (errors, quantile) = question;
            var sorted = errors.Order().ToArray();
            var place = quantile * (errors.Length - 1);
            var (lower, upper) = (sorted[(int)place], sorted[Math.Min((int)place + 1, errors.Length - 1)]);
            var exact = lower + ((place - (int)place) * (upper - lower));

            var answer = Of(errors).Quantile(quantile);

            var allowed = Math.Max(exact * ErrorHistogram.RelativeError * (1 + 1e-9), SmallestNormal / 256);
            Assert.InRange(answer, exact - allowed, exact + allowed);
        }).Check(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void Quantile_OneErrorOfMilliseconds_IsThatOfTheOthers()
    {
        var histogram = Of([.. Enumerable.Range(0, 2000).Select(i => 10 + (i * 0.028)), 1.8e12]);

        Assert.InRange(histogram.Quantile(0.5), 38 * (1 - ErrorHistogram.RelativeError), 38 * (1 + ErrorHistogram.RelativeError));
        Assert.InRange(histogram.Quantile(0.9), 60.4 * (1 - ErrorHistogram.RelativeError), 60.5 * (1 + ErrorHistogram.RelativeError));
    }

    [Fact]
    public void Quantile_OfEachExponent_IsExactWithinItsErrorOverSixHundredOrdersOfMagnitude()
    {
        double[] errors = [.. Enumerable.Range(-300, 601).Select(exponent => 3.7 * Math.Pow(10, exponent))];
        var histogram = Of(errors);

        for (var i = 0; i < errors.Length; i++)
        {
            var answer = histogram.Quantile(i / (errors.Length - 1.0));
            Assert.InRange(answer, errors[i] * (1 - ErrorHistogram.RelativeError), errors[i] * (1 + ErrorHistogram.RelativeError));
        }
    }

    [Fact]
    public void Bins_WithOneWildError_AreStillFineWhereTheBulkIs()
    {
        var histogram = Of([.. Enumerable.Range(0, 1000).Select(i => 40 + (i / 100.0)), 1e9]);

        Assert.True(histogram.Bins().Count > 25);
        Assert.InRange(histogram.Quantile(0.5), 44.8, 45.2);
    }

    [Fact]
    public void Quantile_OfTwoNumbers_IsBetweenThem() => Assert.InRange(Of([10, 20]).Quantile(0.5), 14.9, 15.1);

    [Fact]
    public void Quantile_OfNoErrorAtAll_IsZero() => Assert.Equal(0, Of([0, 0, 0]).Quantile(0.5));

    [Fact]
    public void Quantile_OfNothing_IsNaN() => Assert.Equal(double.NaN, new ErrorHistogram().Quantile(0.5));

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Add_OfWhatIsNoError_Throws(double value) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ErrorHistogram().Add(value));

    private static ErrorHistogram Of(double[] errors)
    {
        var histogram = new ErrorHistogram();
        foreach (var error in errors)
        {
            histogram.Add(error);
        }

        return histogram;
    }
}
