namespace Diabetes.Plot.Charts;

/// <summary>Holds what every part of a picture needs to draw itself.</summary>
/// <param name="Svg">Receives the elements.</param>
/// <param name="Theme">The colours.</param>
/// <param name="Unit">Font size of plain text in pixels. Every distance is a multiple of it, so a picture looks the same at any
/// size.</param>
/// <param name="Page">The area inside the margins.</param>
internal sealed record ChartCanvas(SvgWriter Svg, ChartTheme Theme, double Unit, ChartBox Page)
{
    public TextStyle Plain(TextAnchor anchor = TextAnchor.Start) => new(Unit, Theme.Muted, anchor);
}
