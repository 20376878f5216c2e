using Diabetes.Plot.Charts;
using FsCheck;
using FsCheck.Fluent;

namespace Diabetes.Nodes.Tests.Nodes.Plot.Charts;

public sealed class NiceStepTests
{
    [Theory]
    [InlineData(0.1, 0.1)]
    [InlineData(0.11, 0.2)]
    [InlineData(3, 5)]
    [InlineData(5.1, 10)]
    [InlineData(1e6, 1e6)]
    [InlineData(2.5e-7, 5e-7)]
    public void AtLeast_IsTheNextRoundNumber(double size, double expected) => Assert.Equal(expected, NiceStep.AtLeast(size).Value);

    [Fact]
    public void AtLeast_AnySize_IsNotBelowAndNotFarAbove() =>
        Prop.ForAll((from digits in Gen.Choose(1000, 9999) from exponent in Gen.Choose(-200, 200) select digits * Math.Pow(10, exponent))
        .ToArbitrary(), size =>
        {
            var step = NiceStep.AtLeast(size).Value;
            return step >= size * (1 - 1e-8) && step <= 2.5 * size * (1 + 1e-8);
        }).Check(FsCheck.Config.QuickThrowOnFailure.WithReplay(20261120, 1));

    [Fact]
    public void Times_OfATenth_AddsNoError() =>
        Assert.Equal([0.1, 0.2, 0.3, 0.7], new[] { 1, 2, 3, 7 }.Select(count => new NiceStep(1, -1).Times(count)));

    [Theory]
    [InlineData(5, 0, 1, 1, true)]
    [InlineData(2, 0, 5, 0, false)]
    [InlineData(1, -2, 2, -2, true)]
    [InlineData(2, -1, 1, -1, false)]
    public void IsMultipleOf_OnlyWholeRatios(int digit, int exponent, int multipleDigit, int multipleExponent, bool expected) =>
        Assert.Equal(expected, new NiceStep(multipleDigit, multipleExponent).IsMultipleOf(new NiceStep(digit, exponent)));
}
