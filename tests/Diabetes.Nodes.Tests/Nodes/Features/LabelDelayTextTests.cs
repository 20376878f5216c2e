using Diabetes.Features.Traffic;

namespace Diabetes.Nodes.Tests.Nodes.Features;

public class LabelDelayTextTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public static TheoryData<string, LabelDelay> Readable => new()
    {
        { "2s", new LabelDelay.Fixed(2 * Second) },
        { "0", new LabelDelay.Fixed(TimeSpan.Zero) },
        { "uniform(0s, 5s)", new LabelDelay.Uniform(TimeSpan.Zero, 5 * Second) },
        { " uniform ( 1 s ,2s ) ", new LabelDelay.Uniform(Second, 2 * Second) },
        { "exponential(500ms)", new LabelDelay.Exponential(0.5 * Second) },
    };

    [Theory]
    [MemberData(nameof(Readable))]
    public void TryParse_Readable_IsRead(string text, LabelDelay expected)
    {
        Assert.True(LabelDelayText.TryParse(text, out var delay));
        Assert.Equal(expected, delay);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-1s")]
    [InlineData("31d")]
    [InlineData("uniform(5s, 1s)")]
    [InlineData("uniform(5s)")]
    [InlineData("exponential(1s, 2s)")]
    [InlineData("normal(1s, 2s)")]
    [InlineData("uniform(1s, 2s) later")]
    public void TryParse_Unreadable_IsRefused(string text) => Assert.False(LabelDelayText.TryParse(text, out _));
}
