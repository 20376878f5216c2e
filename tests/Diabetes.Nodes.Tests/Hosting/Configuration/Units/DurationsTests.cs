using Diabetes.Hosting.Configuration.Units;
using FsCheck;
using FsCheck.Fluent;

namespace Diabetes.Nodes.Tests.Hosting.Configuration.Units;

public sealed class DurationsTests
{
    [Theory]
    [InlineData(1, "ns", "nano", "nanos", "nanosecond", "nanoseconds")]
    [InlineData(1_000, "us", "micro", "micros", "microsecond", "microseconds")]
    [InlineData(1_000_000, "ms", "milli", "millis", "millisecond", "milliseconds", "")]
    [InlineData(1_000_000_000, "s", "second", "seconds")]
    [InlineData(60_000_000_000, "m", "minute", "minutes")]
    [InlineData(3_600_000_000_000, "h", "hour", "hours")]
    [InlineData(86_400_000_000_000, "d", "day", "days")]
    public void TryParse_EveryUnit_IsKnown(long nanoseconds, params string[] names)
    {
        foreach (var name in names)
        {
            Assert.True(Durations.TryParse("300" + name, out var value), name);
            Assert.Equal(3 * nanoseconds, value.Ticks);
        }
    }

    [Theory]
    [InlineData("10s", 10_000)]
    [InlineData("500ms", 500)]
    [InlineData("2 minutes", 120_000)]
    [InlineData("  2\tminutes  ", 120_000)]
    [InlineData("1.5s", 1_500)]
    [InlineData("0.25 h", 900_000)]
    [InlineData("250", 250)]
    [InlineData("0", 0)]
    [InlineData("-1s", -1_000)]
    [InlineData("1e3", 1_000)]
    [InlineData("1e3ms", 1_000)]
    public void TryParse_Duration_IsRead(string text, double milliseconds)
    {
        Assert.True(Durations.TryParse(text, out var value));
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("1 S")]
    [InlineData("1 Seconds")]
    [InlineData("1 sec")]
    [InlineData("1 min")]
    [InlineData("1 w")]
    [InlineData("1s 2s")]
    [InlineData("1,5s")]
    [InlineData("1s.")]
    [InlineData("NaN s")]
    [InlineData("Infinity")]
    [InlineData("1e300d")]
    [InlineData("10675200d")]
    public void TryParse_AnythingElse_IsRefused(string text) => Assert.False(Durations.TryParse(text, out _));

    [Theory]
    [InlineData("0s", 0)]
    [InlineData("500ms", 500)]
    [InlineData("90s", 90_000)]
    [InlineData("2m", 120_000)]
    [InlineData("36h", 129_600_000)]
    [InlineData("1d", 86_400_000)]
    [InlineData("-1s", -1_000)]
    [InlineData("1500us", 1.5)]
    [InlineData("100ns", 0.0001)]
    public void Format_Duration_IsAsShortAsCanBe(string text, double milliseconds) =>
        Assert.Equal(text, Durations.Format(TimeSpan.FromTicks((long)(milliseconds * TimeSpan.TicksPerMillisecond))));

    [Fact]
    public void Format_AnyDurationOfDays_IsReadBack() => Prop
        .ForAll(
            Gen.Choose(int.MinValue, int.MaxValue)
            .SelectMany(_ => Gen.Elements(1L, 10, 10_000, 10_000_000), (count, unit) => TimeSpan.FromTicks(count * unit))
            .ToArbitrary(),
            value => Durations.TryParse(Durations.Format(value), out var back) && back == value)
        .QuickCheckThrowOnFailure();
}
