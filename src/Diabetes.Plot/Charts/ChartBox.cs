namespace Diabetes.Plot.Charts;

/// <summary>Describes a rectangle of the picture, in pixels from the top left corner.</summary>
internal readonly record struct ChartBox(double Left, double Top, double Right, double Bottom)
{
    public double Width => Right - Left;

    public double Height => Bottom - Top;
}
