namespace Diabetes.Plot.Charts;

/// <summary>
/// Lists the colours of a picture, as CSS colours. Blue, orange and ink can be told apart with every common kind of colour-blindness, and
/// the two lines also differ in their dashes.
/// </summary>
public sealed record ChartTheme
{
    /// <summary>The page.</summary>
    public required string Background { get; init; }

    /// <summary>The box behind the statistics.</summary>
    public required string Panel { get; init; }

    /// <summary>Text, and the median.</summary>
    public required string Ink { get; init; }

    /// <summary>Secondary text. Its contrast with the background is at least 4.5 : 1.</summary>
    public required string Muted { get; init; }

    /// <summary>Horizontal grid lines.</summary>
    public required string Grid { get; init; }

    /// <summary>The axis and its ticks.</summary>
    public required string Axis { get; init; }

    /// <summary>The bars of the histogram.</summary>
    public required string Bar { get; init; }

    /// <summary>The density curve.</summary>
    public required string Curve { get; init; }

    /// <summary>The line and the name of the mean.</summary>
    public required string Mean { get; init; }

    /// <summary>Dark text on white.</summary>
    public static ChartTheme Light { get; } = new()
    {
        Background = "#ffffff",
        Panel = "#f5f7f9",
        Ink = "#1f2328",
        Muted = "#5d6670",
        Grid = "#e7eaee",
        Axis = "#9aa4af",
        Bar = "#a6c8e8",
        Curve = "#1f5fa8",
        Mean = "#c2500a",
    };

    /// <summary>Light text on a dark background.</summary>
    public static ChartTheme Dark { get; } = new()
    {
        Background = "#11161c",
        Panel = "#1a2129",
        Ink = "#e8edf2",
        Muted = "#9ba6b2",
        Grid = "#262e38",
        Axis = "#55606d",
        Bar = "#2f5b8a",
        Curve = "#86bffa",
        Mean = "#ff9d57",
    };
}
