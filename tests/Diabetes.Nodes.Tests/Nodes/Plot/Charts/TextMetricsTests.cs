using Diabetes.Plot.Charts;

namespace Diabetes.Nodes.Tests.Nodes.Plot.Charts;

public sealed class TextMetricsTests
{
    [Fact]
    public void Width_OfDigits_IsWhatTheFontSays() => Assert.Equal(3 * 0.636 * 20, TextMetrics.Width("123", 20, bold: false), 6);

    [Fact]
    public void Fit_LittleTooLong_ShrinksTheLetters()
    {
        var (text, size) = TextMetrics.Fit("median", 20, bold: false, 0.9 * TextMetrics.Width("median", 20, bold: false));
        Assert.Equal("median", text);
        Assert.Equal(18, size, 6);
    }

    [Fact]
    public void Fit_MuchTooLong_ShortensTheText()
    {
        var (text, size) = TextMetrics.Fit(new string('m', 500), 20, bold: true, 300);
        Assert.EndsWith("…", text, StringComparison.Ordinal);
        Assert.True(TextMetrics.Width(text, size, bold: true) <= 300);
    }

    [Fact]
    public void Fit_NoRoomForASurrogatePair_DropsBothHalves()
    {
        for (var room = 20; room < 200; room++)
        {
            Assert.DoesNotContain('\ufffd', string.Concat(TextMetrics.Fit("ab😀😀😀😀😀😀", 20, bold: false, room).Text.EnumerateRunes()));
        }
    }
}
