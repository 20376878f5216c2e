namespace Diabetes.Ledger;

/// <summary>A message that no node could use.</summary>
/// <param name="At">When it was set aside, UTC.</param>
/// <param name="Queue">The queue it came from.</param>
/// <param name="Reason">One word an operator can search for.</param>
/// <param name="Detail">What was found, in a sentence.</param>
/// <param name="Body">The bytes as they came.</param>
public sealed record QuarantineEntry(DateTimeOffset At, string Queue, string Reason, string Detail, ReadOnlyMemory<byte> Body);
