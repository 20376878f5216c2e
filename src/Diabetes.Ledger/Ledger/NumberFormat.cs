namespace Diabetes.Ledger;

/// <summary>Writes <paramref name="value"/> as UTF-8 and returns the bytes written. How a number looks is the domain's matter, not the ledger's.</summary>
/// <param name="value">Any double.</param>
/// <param name="destination">At least 32 bytes.</param>
public delegate int NumberFormat(double value, Span<byte> destination);
