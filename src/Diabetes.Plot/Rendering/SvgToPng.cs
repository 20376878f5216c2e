namespace Diabetes.Plot;

/// <summary>Turns an SVG document (UTF-8) into a PNG file of that many pixels.</summary>
/// <exception cref="DllNotFoundException">What it needs of the operating system is not installed.</exception>
/// <exception cref="RenderingException">The document cannot be drawn.</exception>
public delegate byte[] SvgToPng(ReadOnlySpan<byte> svg, int width, int height);
