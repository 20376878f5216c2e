using Diabetes.Hosting;

namespace Diabetes.Nodes.Tests.Config.Units;

public sealed class PercentagesTests
{
    [Theory]
    [InlineData("5%", 0.05)]
    [InlineData(" 12.5 % ", 0.125)]
    [InlineData("0.05", 0.05)]
    [InlineData("100%", 1)]
    [InlineData("1", 1)]
    [InlineData("-1%", -0.01)]
    public void TryParse_Percentage_IsAFraction(string text, double fraction)
    {
        Assert.True(Percentages.TryParse(text, out var value));
        Assert.Equal(fraction, value, 15);
    }

    [Theory]
    [InlineData("")]
    [InlineData("%")]
    [InlineData("5%%")]
    [InlineData("five%")]
    [InlineData("%5")]
    public void TryParse_AnythingElse_IsRefused(string text) => Assert.False(Percentages.TryParse(text, out _));
}
