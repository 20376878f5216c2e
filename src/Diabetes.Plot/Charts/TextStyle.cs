namespace Diabetes.Plot;

/// <summary>How a text looks.</summary>
/// <param name="Size">Font size in pixels.</param>
/// <param name="Fill">CSS colour.</param>
/// <param name="Anchor">Which end of the text its x stands for.</param>
/// <param name="Bold">Whether in bold.</param>
/// <param name="Upright">Whether turned to read from bottom to top.</param>
internal readonly record struct TextStyle(double Size, string Fill, TextAnchor Anchor = TextAnchor.Start, bool Bold = false, bool Upright = false);
