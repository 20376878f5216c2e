namespace Diabetes.Ledger;

/// <summary>Where a ledger ends.</summary>
/// <param name="Length">Bytes, header and all, up to and with the last line end.</param>
/// <param name="Rows">Rows, the header not counted.</param>
internal readonly record struct CsvTail(long Length, long Rows);
