namespace Diabetes.Plot;

/// <summary>What a picture looks like and where it goes.</summary>
/// <param name="PngPath">The PNG; the SVG beside it has the same name.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Theme">Its colours.</param>
public sealed record PictureSpec(string PngPath, int Width, int Height, ChartTheme Theme)
{
    public string SvgPath => Path.ChangeExtension(PngPath, ".svg");
}
