using System.Globalization;

namespace Diabetes.Plot.Charts;

/// <summary>Draws the title, and below it the number of rows and the time.</summary>
internal static class ChartHeader
{
    /// <returns>The y position, in pixels, at which the next part may begin.</returns>
    public static double Draw(ChartCanvas canvas, ErrorDistribution errors)
    {
        var (unit, page) = (canvas.Unit, canvas.Page);
        var (title, size) = TextMetrics.Fit(errors.Title, 1.55 * unit, bold: true, page.Width);
        var baseline = page.Top + (1.2 * unit);
        canvas.Svg.Text("headline", page.Left, baseline, title, new TextStyle(size, canvas.Theme.Ink, Bold: true));

        var time = errors.At.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
        var sample = errors.Summary.Count == 1 ? "1 row" : ChartNumbers.Count(errors.Summary.Count) + " rows";
        var (subtitle, small) = TextMetrics.Fit(sample + " · " + time, unit, bold: false, page.Width);
        canvas.Svg.Text("subtitle", page.Left, baseline + (1.65 * unit), subtitle, canvas.Plain() with { Size = small });
        return baseline + (2.5 * unit);
    }
}
