using Diabetes.Plot.Charts;

namespace Diabetes.Nodes.Tests.Nodes.Plot.Charts;

public sealed class ErrorChartTests
{
    public static TheoryData<string, int, int> Pictures
    {
        get
        {
            var data = new TheoryData<string, int, int>();
            foreach (var name in ErrorSamples.Names)
            {
                foreach (var (width, height) in ((int, int)[])[(1600, 1000), (600, 800), (1000, 300), (200, 200), (10_000, 10_000)])
                {
                    data.Add(name, width, height);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Pictures))]
    public void Render_AnyErrorsAndSize_KeepsTheRules(string name, int width, int height)
    {
        var errors = ErrorSamples.Distribution(name);
        PictureRules.Hold(errors, new Picture(errors, width, height));
    }

    [Fact]
    public void Render_FiveThousandRows_ShowsNumbersSampleAndTime()
    {
        var errors = ErrorSamples.Distribution("five thousand");
        var picture = new Picture(errors);

        Assert.Equal("5,000 rows · 2026-11-20 14:03:22 UTC", picture.TextOf("subtitle"));
        Assert.Equal(["n", "mean", "median", "std dev", "RMSE", "P90"], picture.OfKind("label").Select(label => label.Value));
        var values = picture.OfKind("value").Select(value => value.Value).ToArray();
        Assert.Equal("5,000", values[0]);
        Assert.Equal(ChartNumbers.Value(errors.Summary.Mean), values[1]);
        Assert.Equal(ChartNumbers.Quantile(errors.Summary.P90, errors.Summary), values[5]);
        Assert.Equal("mean " + values[1], picture.TextOf("mean-name"));
        Assert.Equal("median " + values[2], picture.TextOf("median-name"));
        Assert.Equal("absolute error (points)", picture.TextOf("axis-name"));
    }

    [Theory]
    [InlineData("one at the end of all doubles", ", at 1.798e308 →")]
    [InlineData("one in milliseconds", ", at 1.800e12 →")]
    [InlineData("one beyond all doubles", ", at ∞ →")]
    public void Render_OneRowBeyondAllOthers_SaysSoAndDrawsTheRest(string name, string where)
    {
        var picture = new Picture(ErrorSamples.Distribution(name));

        Assert.StartsWith("1 row beyond ", picture.TextOf("beyond"), StringComparison.Ordinal);
        Assert.EndsWith(where, picture.TextOf("beyond"), StringComparison.Ordinal);
        Assert.Equal(2000, picture.Bars.Sum(bar => bar.Rows));
        Assert.All(picture.OfKind("value"), value => Assert.True(value.Value.Length < 12, value.Value));
    }

    [Fact]
    public void Render_LinesOfMeanAndMedian_StandWhereTheBarsSay()
    {
        var errors = ErrorSamples.Distribution("five thousand");
        var picture = new Picture(errors);
        foreach (var (kind, value) in ((string, double)[])[("mean", errors.Summary.Mean), ("median", errors.Summary.Median)])
        {
            var bar = picture.Bars.Single(bar => bar.From <= value && value < bar.To);
            var expected = bar.Box.Left + ((value - bar.From) / (bar.To - bar.From) * bar.Box.Width);
            Assert.Equal(expected, Picture.Number(picture.OfKind(kind).Single(), "x1"), 2.5);
        }
    }

    [Fact]
    public void Render_NoRows_SaysSo()
    {
        var picture = new Picture(ErrorSamples.Distribution("none"));

        Assert.Equal("no rows yet", picture.TextOf("empty"));
        Assert.Equal("0", picture.OfKind("value").First().Value);
        Assert.All(picture.OfKind("value").Skip(1), value => Assert.Equal("–", value.Value));
    }

    [Theory]
    [InlineData("one", "one row so far")]
    [InlineData("all equal", "all 120 rows have the same error")]
    public void Render_OneValue_OneBarOneLineNoCurve(string name, string note)
    {
        var picture = new Picture(ErrorSamples.Distribution(name));

        Assert.Equal(note, picture.TextOf("made"));
        var bar = Assert.Single(picture.Bars);
        Assert.InRange(42.25, bar.From, bar.To);
        Assert.Equal("mean = median 42.25", picture.TextOf("mean-name"));
        Assert.Empty(picture.OfKind("density"));
        Assert.Empty(picture.OfKind("median"));
    }

    [Fact]
    public void Render_AFewFarErrors_KeepsTheBulkInSightAndCountsThem()
    {
        var picture = new Picture(ErrorSamples.Distribution("three far"));

        Assert.True(picture.Bars.Count() > 10);
        Assert.True(picture.Bars.Max(bar => bar.To) < 200);
        Assert.Matches("^3 rows beyond [0-9]+, up to 1,000,000 →$", picture.TextOf("beyond"));
        Assert.EndsWith("→", picture.TextOf("mean-name"), StringComparison.Ordinal);
        Assert.Empty(picture.OfKind("mean"));
    }

    [Fact]
    public void Render_OneFarErrorOfTen_IsCountedToo()
    {
        var picture = new Picture(ErrorSamples.Distribution("one far"));

        Assert.Matches("^1 row beyond [0-9]+, at 12,345 →$", picture.TextOf("beyond"));
        Assert.True(picture.Bars.Count() > 2);
    }

    [Fact]
    public void Render_TextOfAnyKind_IsEscaped()
    {
        const string Title = "<script>&\"'</script> \u0001\ud800 ünïcode 😀";
        var picture = new Picture(ErrorSamples.Distribution(ErrorSamples.Normal(50, 10), Title, "a<b&c"));

        Assert.Equal("<script>&\"'</script> \ufffd\ufffd ünïcode 😀", picture.TextOf("headline"));
        Assert.Equal("absolute error (a<b&c)", picture.TextOf("axis-name"));
        Assert.DoesNotContain(picture.Root.Descendants(), element => element.Name.LocalName == "script");
    }

    [Fact]
    public void Render_Themes_DifferInColoursOnly()
    {
        var errors = ErrorSamples.Distribution("five thousand");
        var light = new Picture(errors, theme: ChartTheme.Light);
        var dark = new Picture(errors, theme: ChartTheme.Dark);

        Assert.NotEqual(light.Svg, dark.Svg);
        Assert.Equal(light.Bars, dark.Bars);
        Assert.Equal(light.Texts, dark.Texts);
    }

    [Fact]
    public void Render_SameInput_SamePicture()
    {
        var errors = ErrorSamples.Distribution("long tail");
        Assert.Equal(new Picture(errors).Svg, new Picture(errors).Svg);
    }

    [Theory]
    [InlineData(199, 1000)]
    [InlineData(1000, 10_001)]
    public void Render_SizeOutOfRange_Throws(int width, int height) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Picture(ErrorSamples.Distribution("none"), width, height));

    [Fact]
    public void Render_BinsThatDoNotAddUp_Throws() =>
        Assert.Throws<ArgumentException>(() => new Picture(ErrorSamples.Distribution("ten") with { Bins = [] }));
}
