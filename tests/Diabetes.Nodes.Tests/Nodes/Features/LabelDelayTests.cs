using Diabetes.Features.Traffic;

namespace Diabetes.Nodes.Tests.Nodes.Features;

public class LabelDelayTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void Fixed_AnyDraw_IsTheDelay() => Assert.Equal(3 * Second, new LabelDelay.Fixed(3 * Second).Draw(0.7));

    [Theory]
    [InlineData(0.0, 1.0)]
    [InlineData(0.5, 3.0)]
    [InlineData(0.75, 4.0)]
    public void Uniform_Draw_LiesEvenlyBetweenTheEnds(double uniform, double seconds) =>
        Assert.Equal(seconds * Second, new LabelDelay.Uniform(Second, 5 * Second).Draw(uniform));

    [Fact]
    public void Exponential_EvenDraws_HaveTheMean()
    {
        var delay = new LabelDelay.Exponential(2 * Second);
        var mean = Enumerable.Range(0, 10_000).Average(i => delay.Draw((i + 0.5) / 10_000).TotalSeconds);
        Assert.Equal(2.0, mean, 0.01);
    }

    [Fact]
    public void Exponential_DrawNextToOne_IsCutOff() =>
        Assert.Equal(LabelDelay.Exponential.LongestInMeans * Second, new LabelDelay.Exponential(Second).Draw(Math.BitDecrement(1.0)));
}
