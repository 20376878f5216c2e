namespace Diabetes.Nodes.Tests.Support.Brokers;

/// <summary>How a queue stands, as rabbitmqctl sees it.</summary>
/// <param name="Ready">Messages that nobody has.</param>
/// <param name="Unacknowledged">Messages that a consumer has and has not settled.</param>
/// <param name="Durable">How it was declared.</param>
internal readonly record struct QueueCounts(int Ready, int Unacknowledged, bool Durable)
{
    public static readonly QueueCounts Empty = new(0, 0, Durable: false);
}
