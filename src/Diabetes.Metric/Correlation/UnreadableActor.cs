using Diabetes.Domain;
using Diabetes.Streams;

namespace Diabetes.Metric;

/// <summary>Takes one queue's messages that could not be read to be counted and set aside.</summary>
internal sealed class UnreadableActor : ReceiveActor
{
    public UnreadableActor(Side side, IActorRef joiner)
    {
        Receive<Delivery<Decoded<Half>>>(delivery => joiner.Tell(new JoinProtocol.Reject(delivery, side)));
        Receive<ShardProtocol.Drain>(_ => Sender.Tell(new ShardProtocol.Tally(0, 0, 0)));
    }
}
