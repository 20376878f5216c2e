using Diabetes.Hosting.Configuration;

namespace Diabetes.Nodes.Tests.Hosting.Configuration;

public sealed class SettingTests
{
    private enum Theme
    {
        Light,
        Dark,
    }

    [Theory]
    [InlineData("0", true)]
    [InlineData("1e3", true)]
    [InlineData(" 0.5 ", true)]
    [InlineData("1000.1", false)]
    [InlineData("-0.1", false)]
    [InlineData("NaN", false)]
    [InlineData("1,5", false)]
    [InlineData("0x10", false)]
    [InlineData("fast", false)]
    [InlineData("", false)]
    public void Number_Range_IncludesItsEnds(string text, bool good) => Assert.Equal(good, Setting.Number("k", 0, 1000).Accepts(text));

    [Theory]
    [InlineData("1", true)]
    [InlineData("65535", true)]
    [InlineData("0", false)]
    [InlineData("65536", false)]
    [InlineData("99999999999999999999", false)]
    [InlineData("1.0", false)]
    [InlineData("1k", false)]
    public void Integer_Range_IncludesItsEnds(string text, bool good) => Assert.Equal(good, Setting.Integer("k", 1, 65535).Accepts(text));

    [Theory]
    [InlineData("9223372036854775807", true)]
    [InlineData("9223372036854775808", false)]
    [InlineData("-1", false)]
    public void Long_Range_IncludesItsEnds(string text, bool good) => Assert.Equal(good, Setting.Long("k", 0).Accepts(text));

    [Theory]
    [InlineData("true", true)]
    [InlineData("yes", true)]
    [InlineData("on", true)]
    [InlineData("false", false)]
    [InlineData("no", false)]
    [InlineData("off", false)]
    public void Flag_SixWords_AreRead(string text, bool value)
    {
        Assert.True(Setting.Flag("k").TryParse(text, out var read));
        Assert.Equal(value, read);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("True")]
    [InlineData("")]
    public void Flag_OtherWords_AreRefused(string text) => Assert.False(Setting.Flag("k").Accepts(text));

    [Fact]
    public void Choice_Word_IsItsValue()
    {
        var theme = Setting.Choice("k", ("light", Theme.Light), ("dark", Theme.Dark));

        Assert.True(theme.TryParse("dark", out var value));
        Assert.Equal(Theme.Dark, value);
        Assert.False(theme.Accepts("Dark"));
    }

    [Fact]
    public void Expected_EveryKind_NamesTheRange()
    {
        Assert.Equal("a number from 0 to 1.5", Setting.Number("k", 0, 1.5).Expected);
        Assert.Equal("a number of at least 0", Setting.Number("k", 0).Expected);
        Assert.Equal("a number", Setting.Number("k").Expected);
        Assert.Equal("a whole number from 1 to 65535", Setting.Integer("k", 1, 65535).Expected);
        Assert.Equal("a whole number of at least 0", Setting.Long("k", 0).Expected);
        Assert.Equal(
            "a duration (500ms, 2s, 5m) from 100ms to 10m",
            Setting.Duration("k", TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(10)).Expected);
        Assert.Equal("a duration (500ms, 2s, 5m) of at least 0s", Setting.Duration("k", TimeSpan.Zero, TimeSpan.MaxValue).Expected);
        Assert.Equal("a size (512B, 64KiB, 1MB) from 64B to 16MiB", Setting.Size("k", 64, 16 << 20).Expected);
        Assert.Equal("true or false", Setting.Flag("k").Expected);
        Assert.Equal("\",\" or \"\\t\"", Setting.Choice("k", (",", 1), ("\t", 2)).Expected);
        Assert.Equal("\"a\"", Setting.Choice("k", ("a", 1)).Expected);
        Assert.Equal("\"a\", \"b\" or \"c\"", Setting.Choice("k", ("a", 1), ("b", 2), ("c", 3)).Expected);
    }

    [Fact]
    public void DeclaredIn_Types_FindsTheirFieldsInOrder() => Assert.Equal(
        ["amqp.uri", "amqp.prefetch", "amqp.publish-window"],
        Setting.DeclaredIn(typeof(AmqpSettings)).Take(3).Select(setting => setting.Path));
}
