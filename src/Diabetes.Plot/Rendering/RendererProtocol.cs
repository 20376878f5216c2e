using Diabetes.Plot.Charts;

namespace Diabetes.Plot.Rendering;

/// <summary>What a <see cref="RendererActor"/> understands and answers.</summary>
public static class RendererProtocol
{
    /// <summary>Draw this and put it in place; answered with <see cref="Drawn"/>, or with a <c>Status.Failure</c> and the old picture left in place.</summary>
    public sealed record Draw(ErrorDistribution Errors);

    /// <summary>The picture is in place.</summary>
    /// <param name="Path">The file to look at: the PNG, or the SVG where there is no PNG.</param>
    public sealed record Drawn(string Path);

    /// <summary>Asks for the last <see cref="Picture"/>.</summary>
    public sealed record GetPicture
    {
        public static readonly GetPicture Instance = new();
    }

    /// <summary>A picture.</summary>
    /// <param name="Svg">Null before the first one.</param>
    /// <param name="Rows">Rows that it shows.</param>
    /// <param name="At">When they were taken.</param>
    public sealed record Picture(string? Svg, long Rows, DateTimeOffset At);
}

/// <summary>What a picture looks like and where it goes.</summary>
/// <param name="PngPath">The PNG; the SVG beside it has the same name.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Theme">Its colours.</param>
public sealed record PictureSpec(string PngPath, int Width, int Height, ChartTheme Theme)
{
    public string SvgPath => Path.ChangeExtension(PngPath, ".svg");
}
