namespace Diabetes.Domain;

/// <summary>Rows whose value lies in [<paramref name="Lower"/>, <paramref name="Lower"/> + <paramref name="Width"/>).</summary>
/// <param name="Lower">Lower edge, in the value's unit.</param>
/// <param name="Width">More than 0, in the value's unit.</param>
/// <param name="Count">Rows, 0 or more.</param>
public readonly record struct HistogramBin(double Lower, double Width, long Count);
