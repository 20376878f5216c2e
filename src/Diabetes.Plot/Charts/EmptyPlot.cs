namespace Diabetes.Plot.Charts;

/// <summary>Draws the plot of a ledger without rows.</summary>
internal static class EmptyPlot
{
    public static void Draw(ChartCanvas canvas, double top)
    {
        var (unit, page, svg, theme) = (canvas.Unit, canvas.Page, canvas.Svg, canvas.Theme);
        var area = new ChartBox(page.Left, top + unit, page.Right, page.Bottom - unit);
        for (var i = 0; i < 5; i++)
        {
            var y = area.Top + (area.Height * i / 5);
            svg.Line("grid", area.Left, y, area.Right, y, theme.Grid, 0.06 * unit);
        }
        svg.Line("axis", area.Left, area.Bottom, area.Right, area.Bottom, theme.Axis, 0.08 * unit);

        var (x, y0) = ((area.Left + area.Right) / 2, (area.Top + area.Bottom) / 2);
        var (text, small) = TextMetrics.Fit("The first joined prediction appears here.", unit, bold: false, area.Width - (2 * unit));
        var width = Math.Max(TextMetrics.Width(text, small, bold: false), 9 * unit) + (2 * unit);
        svg.Rectangle("plate", new ChartBox(x - (width / 2), y0 - (2.2 * unit), x + (width / 2), y0 + (2.2 * unit)), theme.Background);
        svg.Text("empty", x, y0 - (0.2 * unit), "no rows yet", new TextStyle(1.5 * unit, theme.Ink, TextAnchor.Middle, Bold: true));
        svg.Text("hint", x, y0 + (1.5 * unit), text, canvas.Plain(TextAnchor.Middle) with { Size = small });
    }
}
