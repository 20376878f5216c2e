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
/// Notifications → follower. A notification is a hint, durable nowhere, since the row itself is in the ledger: it is committed at once, whatever makes a picture, so
/// that the queue does not fill. The follower is told once a batch.
/// </summary>
public static class PlotPipeline
{
    /// <param name="notifications">The queue of notifications.</param>
    /// <param name="codec">Reads them.</param>
    /// <param name="follower">A <see cref="FollowerActor"/>.</param>
    /// <param name="quarantine">Where notifications go that cannot be read.</param>
    public static IRunnableGraph<DrainingControl<Done>> Create(
        NamedQueueSourceSettings notifications, WireCodec codec, IActorRef follower, QueueQuarantine quarantine) =>
        AmqpSource.CommittableSource(notifications, (in IncomingMessage message) => codec.ReadNotification(message.Body))
            .Select(batch => Sort(batch, notifications.Queue.Name))
            .SetAsideTo(quarantine.Sink())
            .EndWith(Committer.Flow().ToMaterialized(Sink.ForEach<int>(_ => follower.Tell(FollowerProtocol.Notified.Instance)), Keep.Right));

    private static Sorted<ICommittable> Sort(ImmutableArray<CommittableMessage<Decoded<ObservationId>>> batch, string queue) => new(
        [.. batch.Where(delivery => delivery.Payload.IsRead)],
        [.. batch.Where(delivery => !delivery.Payload.IsRead).Select(delivery => Reject(delivery.Payload.Rejection!, delivery, queue))]);

    private static SetAside Reject(Rejection rejection, ICommittable delivery, string queue) =>
        new(queue, rejection.Reason.ToString(), rejection.Detail, rejection.Body, delivery);
}
