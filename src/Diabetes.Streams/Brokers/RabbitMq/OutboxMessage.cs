namespace Diabetes.Streams;

/// <summary>A message accepted by a sink.</summary>
/// <param name="Number">Counted from the first message the sink accepted.</param>
/// <param name="Body">Rented from the shared pool, and longer than the message.</param>
/// <param name="Length">Bytes of the message.</param>
/// <param name="Confirmation">Whom to tell.</param>
internal readonly record struct OutboxMessage(long Number, byte[] Body, int Length, IConfirmation? Confirmation);
