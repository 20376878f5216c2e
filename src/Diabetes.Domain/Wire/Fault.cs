namespace Diabetes.Domain;

/// <summary>A <see cref="Rejection"/> in the making: found in the middle of a message, of which the rest is still to be read.</summary>
internal readonly record struct Fault(RejectionReason Reason, string Detail);
