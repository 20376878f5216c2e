namespace Diabetes.Domain;

/// <summary>A message that could not be read. Goes to quarantine, is counted and acked.</summary>
/// <param name="Reason">For counting and filtering.</param>
/// <param name="Detail">One line for a human: what stands where, what was expected.</param>
/// <param name="Body">All the bytes that came, a copy.</param>
public sealed record Rejection(RejectionReason Reason, string Detail, ReadOnlyMemory<byte> Body);
