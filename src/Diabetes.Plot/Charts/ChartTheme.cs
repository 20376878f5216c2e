namespace Diabetes.Plot.Charts;

/// <summary>
/// Colours of a picture, as CSS colours. Blue, orange and ink differ for every common kind of colour-blindness, and the two lines also differ
/// by their dashes.
/// </summary>
public sealed record ChartTheme
{
    public required string Background { get; init; }

    /// <summary>Behind the numbers.</summary>
    public required string Panel { get; init; }

    /// <summary>Text, and the median.</summary>
    public required string Ink { get; init; }

    /// <summary>Text of second rank: at least 4.5 : 1 against the background.</summary>
    public required string Muted { get; init; }

    public required string Grid { get; init; }

    public required string Axis { get; init; }

    public required string Bar { get; init; }

    public required string Curve { get; init; }

    public required string Mean { get; init; }

    public static ChartTheme Light { get; } = new()
    {
        Background = "#ffffff", Panel = "#f5f7f9", Ink = "#1f2328", Muted = "#5d6670", Grid = "#e7eaee", Axis = "#9aa4af",
        Bar = "#a6c8e8", Curve = "#1f5fa8", Mean = "#c2500a",
    };

    public static ChartTheme Dark { get; } = new()
    {
        Background = "#11161c", Panel = "#1a2129", Ink = "#e8edf2", Muted = "#9ba6b2", Grid = "#262e38", Axis = "#55606d",
        Bar = "#2f5b8a", Curve = "#86bffa", Mean = "#ff9d57",
    };
}
