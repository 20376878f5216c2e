namespace Diabetes.Streams;

/// <summary>Options of the in-process broker.</summary>
/// <param name="Capacity">
/// Most messages that wait in one queue, those handed out and unsettled not counted; a publisher to a full queue waits. Messages that come
/// back (nacked, or from a consumer that left) are always taken.
/// </param>
public sealed record InProcessBrokerOptions(int Capacity = 100_000);
