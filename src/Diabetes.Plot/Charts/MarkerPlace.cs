namespace Diabetes.Plot;

/// <summary>Where the name of a line stands.</summary>
/// <param name="Start">Left end of the text.</param>
/// <param name="Row">0 next to the plot, 1 above it.</param>
/// <param name="Beside">Whether the line reaches up beside its name, or ends below it.</param>
internal readonly record struct MarkerPlace(double Start, int Row, bool Beside = true);
