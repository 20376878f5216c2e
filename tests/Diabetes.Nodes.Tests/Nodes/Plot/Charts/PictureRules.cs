using Diabetes.Plot.Charts;

namespace Diabetes.Nodes.Tests.Nodes.Plot.Charts;

/// <summary>Checks what must be true of every picture, for any errors and any size.</summary>
internal static class PictureRules
{
    public static void Hold(ErrorDistribution errors, Picture picture)
    {
        NothingLeavesThePage(picture);
        NoTextMeetsAnother(picture);
        BarsAreTrue(errors, picture);
        NoLineCrossesAName(picture);
    }

    private static void NothingLeavesThePage(Picture picture)
    {
        foreach (var (kind, text, box) in picture.Texts)
        {
            Assert.True(box.Left >= 0 && box.Top >= 0
            && box.Right <= picture.Page.Right && box.Bottom <= picture.Page.Bottom, $"{kind} \"{text}\" leaves the page: {box}");
        }

        Assert.DoesNotContain("NaN", picture.Svg, StringComparison.Ordinal);
    }

    private static void NoTextMeetsAnother(Picture picture)
    {
        var texts = picture.Texts.ToArray();
        for (var i = 0; i < texts.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                Assert.False(
                    Meet(texts[i].Box, texts[j].Box), $"\"{texts[i].Text}\" {texts[i].Box} lies on \"{texts[j].Text}\" {texts[j].Box}");
            }
        }
    }

    private static void BarsAreTrue(ErrorDistribution errors, Picture picture)
    {
        var bars = picture.Bars.ToArray();
        if (errors.Summary.Count == 0)
        {
            Assert.Empty(bars);
            return;
        }
        var axis = picture.OfKind("axis").Single();
        var (left, right, bottom) = (Picture.Number(axis, "x1"), Picture.Number(axis, "x2"), Picture.Number(axis, "y1"));
        var beyond = picture.OfKind("beyond")
            .Select(note => long.Parse(note.Value.Split(' ')[0].Replace(",", "", StringComparison.Ordinal))).SingleOrDefault();
        Assert.Equal(errors.Summary.Count + errors.Summary.NotFinite, bars.Sum(bar => bar.Rows) + beyond);
        Assert.True(beyond - errors.Summary.NotFinite <= Math.Max(1, 0.02 * errors.Summary.Count));
        var scale = bars.Max(bar => bar.Box.Height) / bars.Max(bar => bar.Rows);
        foreach (var bar in bars)
        {
            Assert.InRange(bar.Box.Height, (bar.Rows * scale) - 0.03, (bar.Rows * scale) + 0.03);
            Assert.Equal(bottom, bar.Box.Bottom, 0.03);
            Assert.True(bar.Box.Left >= left - 0.03
                && bar.Box.Right <= right + 0.03 && bar.Box.Width > 1, $"{bar.Box} is not a bar between {left} and {right}");
        }
    }

    private static void NoLineCrossesAName(Picture picture)
    {
        var names = picture.Texts.Where(text => text.Kind is "mean-name" or "median-name").ToArray();
        foreach (var line in picture.OfKind("mean").Concat(picture.OfKind("median")))
        {
            var (x, top) = (Picture.Number(line, "x1"), Picture.Number(line, "y1"));
            Assert.DoesNotContain(names, name => x > name.Box.Left && x < name.Box.Right && top < name.Box.Bottom);
        }
    }

    private static bool Meet(ChartBox a, ChartBox b) => a.Left < b.Right && b.Left < a.Right && a.Top < b.Bottom && b.Top < a.Bottom;
}
