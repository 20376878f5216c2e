namespace Diabetes.Amqp;

/// <summary>What waits in a queue, and for whom.</summary>
/// <param name="Messages">Messages that are with no consumer yet.</param>
/// <param name="Consumers">Those who take turns with them.</param>
public readonly record struct QueueDepth(long Messages, int Consumers);
