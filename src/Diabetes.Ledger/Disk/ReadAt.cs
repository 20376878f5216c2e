namespace Diabetes.Ledger;

/// <summary>Reads from a file, whoever opened it. Positions are bytes.</summary>
/// <returns>Bytes read; 0 at the end and behind it.</returns>
internal delegate int ReadAt(long position, Span<byte> destination);
