using System.Text;
using Diabetes.Domain.Statistics;
using Diabetes.Plot.Charts;
using Diabetes.Plot.Rendering;

namespace Diabetes.Nodes.Tests.Nodes.Plot;

public sealed class LibrsvgTests
{
    [Theory]
    [InlineData(1600, 1000)]
    [InlineData(600, 800)]
    public void ToPng_OfAChart_IsAPictureOfThatSize(int width, int height)
    {
        var image = PngImage.Read(Librsvg.ToPng(Encoding.UTF8.GetBytes(Chart(width, height)), width, height));

        Assert.Equal((width, height), (image.Width, image.Height));
        Assert.Equal(0xffffff, image.At(0, 0));
        // Bars, curve, lines and the shades of the letters.
        Assert.True(image.Colours > 50, $"{image.Colours} colours");
    }

    [Fact]
    public void ToPng_OfARectangle_PaintsItsPixels()
    {
        var svg =
            "<svg xmlns='http://www.w3.org/2000/svg' width='40' height='20'><rect width='20' height='20' fill='#123456'/><rect x='20' "
            + "width='20' height='20' fill='#fedcba'/></svg>";
        var image = PngImage.Read(Librsvg.ToPng(Encoding.UTF8.GetBytes(svg), 40, 20));

        Assert.Equal(0x123456, image.At(0, 0));
        Assert.Equal(0x123456, image.At(19, 19));
        Assert.Equal(0xfedcba, image.At(20, 0));
        Assert.Equal(2, image.Colours);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no picture")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'><rect>")]
    public void ToPng_OfNoSvg_SaysSo(string text)
    {
        var refused = Assert.Throws<RenderingException>(() => Librsvg.ToPng(Encoding.UTF8.GetBytes(text), 40, 20));
        Assert.Contains("SVG", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ToPng_LargerThanCairoCan_SaysSo()
    {
        var refused = Assert.Throws<RenderingException>(() => Librsvg.ToPng(Encoding.UTF8.GetBytes(Chart(300, 300)), 100_000, 20));
        Assert.Contains("100000", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ToPng_ManyTimes_KeepsNoMemory()
    {
        var svg = Encoding.UTF8.GetBytes(Chart(800, 800));
        for (var i = 0; i < 20; i++)
        {
            Librsvg.ToPng(svg, 800, 800);
        }

        var before = NativeHeap.BytesInUse();
        // A surface is 2.5 MB: one that leaked each time would show as 250 MB.
        for (var i = 0; i < 100; i++)
        {
            Librsvg.ToPng(svg, 800, 800);
        }

        var more = (NativeHeap.BytesInUse() - before) >> 20;
        Assert.True(more < 100, $"{more} MB more");
    }

    [Fact]
    public async Task ToPng_FromManyThreads_DrawsTheSame()
    {
        var svg = Encoding.UTF8.GetBytes(Chart(400, 400));
        var expected = Librsvg.ToPng(svg, 400, 400);
        var pictures = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Librsvg.ToPng(svg, 400, 400))));
        Assert.All(pictures, picture => Assert.Equal(expected, picture));
    }

    private static string Chart(int width, int height)
    {
        var statistics = new ErrorStatistics();
        for (var i = 0; i < 1000; i++)
        {
            statistics.Add(i % 97, 0);
        }

        var errors = new ErrorDistribution("Test", "points", DateTimeOffset.UnixEpoch, statistics.Summarise(), statistics.Histogram.Bins());
        return ErrorChart.Render(errors, width, height, ChartTheme.Light);
    }
}
