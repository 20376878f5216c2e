using System.Collections.Immutable;
using Akka.Streams.Dsl;
using Diabetes.Amqp.Dsl;
using Diabetes.Amqp.Messages;
using Diabetes.Amqp.Settings;
using Diabetes.Domain.Ids;
using Diabetes.Domain.Wire;
using Diabetes.Hosting.Quarantine;
using Diabetes.Plot.Following;

namespace Diabetes.Plot;

/// <summary>
/// Passes notifications from the queue to the follower. A notification is only a hint, because its row is in the ledger. So it is acked at
/// once, also with the trigger <c>interval</c>, and the queue does not fill up. The follower gets one message for each batch.
/// </summary>
public static class PlotPipeline
{
    /// <param name="notifications">The queue of notifications.</param>
    /// <param name="codec">Decodes the notifications.</param>
    /// <param name="follower">A <see cref="FollowerActor"/>.</param>
    /// <param name="quarantine">Takes the notifications that cannot be decoded.</param>
    public static IRunnableGraph<DrainingControl<Done>> Create(
        NamedQueueSourceSettings notifications, WireCodec codec, IActorRef follower, QueueQuarantine quarantine) =>
        AmqpSource.CommittableSource(notifications, (in IncomingMessage message) => codec.ReadNotification(message.Body))
            .Select(batch => Sort(batch, notifications.Queue.Name))
            .SetAsideTo(quarantine.Sink())
            .EndWith(Committer.Flow().ToMaterialized(
                Sink.ForEach<int>(_ => follower.Tell(FollowerProtocol.Notified.Instance)), Keep.Right));

    private static Sorted<ICommittable> Sort(ImmutableArray<CommittableMessage<Decoded<ObservationId>>> batch, string queue) => new(
        [.. batch.Where(delivery => delivery.Payload.IsRead)],
        [.. batch.Where(delivery => !delivery.Payload.IsRead).Select(delivery => Reject(delivery.Payload.Rejection!, delivery, queue))]);

    private static SetAside Reject(Rejection rejection, ICommittable delivery, string queue) =>
        new(queue, rejection, delivery);
}
