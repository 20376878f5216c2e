namespace Diabetes.Plot.Charts;

/// <summary>What every part of a picture draws with.</summary>
/// <param name="Svg">Where the elements go.</param>
/// <param name="Theme">Colours.</param>
/// <param name="Unit">Size of plain text in pixels; every distance is a multiple of it, so a picture looks alike at any size.</param>
/// <param name="Page">What lies within the margins.</param>
internal sealed record ChartCanvas(SvgWriter Svg, ChartTheme Theme, double Unit, ChartBox Page)
{
    public TextStyle Plain(TextAnchor anchor = TextAnchor.Start) => new(Unit, Theme.Muted, anchor);
}
