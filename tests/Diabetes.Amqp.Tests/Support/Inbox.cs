using System.Text;

namespace Diabetes.Amqp.Tests.Support;

/// <summary>Records the deliveries of a source.</summary>
internal sealed class Inbox(Action<CommittableMessage<string>>? also = null) : Gathered<CommittableMessage<string>>
{
    public IReadOnlyList<string> Payloads => [.. All.Select(delivery => delivery.Payload)];

    public static Inbox Committing() => new(static delivery => delivery.Commit());

    public static string Decode(in IncomingMessage message) => Encoding.UTF8.GetString(message.Body);

    public void Receive(ImmutableArray<CommittableMessage<string>> batch)
    {
        foreach (var delivery in batch)
        {
            also?.Invoke(delivery);
            Add(delivery);
        }
    }

    public Task<IReadOnlyList<CommittableMessage<string>>> WaitForDistinctAsync(int count) =>
        WaitUntilAsync(all => all.Count >= count && all.Select(delivery => delivery.Payload).Distinct().Count() >= count);
}
