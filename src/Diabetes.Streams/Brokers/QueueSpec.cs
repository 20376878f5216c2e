namespace Diabetes.Streams;

/// <summary>
/// A queue as this node would declare it if it is not there. One that is there is used as it is.
/// </summary>
/// <param name="Name">Queue name and routing key on the default exchange.</param>
/// <param name="Durable">Whether the queue is to outlive the broker. Messages are sent persistent in any case; a queue that does not outlive the broker ignores it.</param>
/// <param name="Prefetch">Most unsettled deliveries at a time, for a source.</param>
/// <param name="Kind">Of what kind it is to be; one within the process has none.</param>
public sealed record QueueSpec(string Name, bool Durable = false, ushort Prefetch = 1000, QueueKind Kind = QueueKind.Classic);
