using Diabetes.Domain;
using Diabetes.Hosting;
using Diabetes.Streams;

namespace Diabetes.Metric;

/// <summary>Takes one queue's messages that could not be read to the quarantine, each under its reason.</summary>
internal sealed class UnreadableActor : ReceiveActor
{
    public UnreadableActor(string queue, IActorRef quarantine) => Receive<Delivery<Decoded<Half>>>(delivery =>
    {
        var rejection = delivery.Payload.Rejection!;
        quarantine.Tell(new QuarantineProtocol.SetAside(queue, rejection.Reason.ToString(), rejection.Detail, rejection.Body, delivery));
    });
}
