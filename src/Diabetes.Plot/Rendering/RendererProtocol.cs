using Diabetes.Plot.Charts;

namespace Diabetes.Plot.Rendering;

/// <summary>Lists the messages that a <see cref="RendererActor"/> understands and sends.</summary>
public static class RendererProtocol
{
    /// <summary>
    /// Asks for a picture on disk. The answer is <see cref="Drawn"/>, or <c>Status.Failure</c> with the old picture still in place.
    /// </summary>
    public sealed record Draw(ErrorDistribution Errors);

    /// <summary>Says that the new picture is on disk.</summary>
    /// <param name="Path">The path of the PNG, or of the SVG if there is no PNG.</param>
    public sealed record Drawn(string Path);

    /// <summary>Asks for the last <see cref="Picture"/>.</summary>
    public sealed record GetPicture
    {
        public static readonly GetPicture Instance = new();
    }

    /// <summary>Answers <see cref="GetPicture"/>.</summary>
    /// <param name="Svg">The SVG document; null if nothing has been drawn yet.</param>
    /// <param name="Rows">The number of rows in the picture.</param>
    /// <param name="At">The time at which the ledger was read.</param>
    public sealed record Picture(string? Svg, long Rows, DateTimeOffset At);
}

/// <summary>Says how large a picture is, how it looks and where it is written.</summary>
/// <param name="PngPath">The path of the PNG. The SVG is written beside it.</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="Theme">The colours.</param>
public sealed record PictureSpec(string PngPath, int Width, int Height, ChartTheme Theme)
{
    /// <summary>The path of the SVG.</summary>
    public string SvgPath => Path.ChangeExtension(PngPath, ".svg");
}
