using System.Collections.Immutable;
using Akka.Streams;
using Akka.Streams.Dsl;
using Diabetes.Amqp.Dsl;
using Diabetes.Amqp.Messages;
using Diabetes.Domain.Wire;

namespace Diabetes.Hosting.Quarantine;

/// <summary>Holds a message that no node can use, with the delivery to settle once the message is durable elsewhere.</summary>
/// <param name="Queue">Where it came from.</param>
/// <param name="Reason">One word an operator can search for.</param>
/// <param name="Detail">What was found, in a sentence.</param>
/// <param name="Body">The bytes of the message; nobody changes them.</param>
/// <param name="Delivery">Committed when the message is in the quarantine.</param>
public sealed record SetAside(string Queue, string Reason, string Detail, ReadOnlyMemory<byte> Body, ICommittable Delivery)
{
    /// <summary>Takes what the codec says of a message that it could not read.</summary>
    public SetAside(string queue, Rejection rejection, ICommittable delivery)
        : this(queue, rejection.Reason.ToString(), rejection.Detail, rejection.Body, delivery) => Size = rejection.Size;

    /// <summary>The length of the message in bytes, which may be more than was kept of it.</summary>
    public int Size { get; init; } = Body.Length;
}

/// <summary>Holds decoded messages, parted into those that can be used and those that cannot.</summary>
public readonly record struct Sorted<T>(ImmutableArray<T> Usable, ImmutableArray<SetAside> Unusable);

/// <summary>Takes messages that cannot be used out of a stream.</summary>
public static class SetAsideExtensions
{
    /// <summary>Sends what cannot be used to <paramref name="quarantine"/> and lets the rest pass.</summary>
    /// <returns>A stream with its former control and the end of the quarantine.</returns>
    public static Source<ImmutableArray<T>, (TControl Control, Task<Done> Quarantine)> SetAsideTo<T, TControl>(
        this Source<Sorted<T>, TControl> source, Sink<ImmutableArray<SetAside>, Task<Done>> quarantine) => source
        .ViaMaterialized(
            Fork(Flow.Create<Sorted<T>>()
                .Select(static sorted => sorted.Unusable)
                .Where(static unusable => unusable.Length > 0)
                .ToMaterialized(quarantine, Keep.Right)),
            static (control, done) => (control, done))
        .Select(static sorted => sorted.Usable)
        .Where(static usable => usable.Length > 0);

    /// <summary>
    /// Ends a pipeline. Its control stops the source, and its task completes when both the end and the quarantine have completed.
    /// </summary>
    public static IRunnableGraph<DrainingControl<Done>> EndWith<T>(
        this Source<ImmutableArray<T>, (IControl Control, Task<Done> Quarantine)> source, Sink<ImmutableArray<T>, Task<Done>> end) =>
        source.ToMaterialized(end, static (left, done) => DrainingControl<Done>.Create(left.Control, BothAsync(done, left.Quarantine)));

    // Not AlsoTo: it keeps running after its side branch has failed, and nobody would notice.
    private static Flow<Sorted<T>, Sorted<T>, Task<Done>> Fork<T>(Sink<Sorted<T>, Task<Done>> side) =>
        Flow.FromGraph(GraphDsl.Create(side, static (builder, aside) =>
        {
            var fork = builder.Add(new Broadcast<Sorted<T>>(2, eagerCancel: true));
            builder.From(fork.Out(1)).To(aside);
            return new FlowShape<Sorted<T>, Sorted<T>>(fork.In, fork.Out(0));
        }));

    // Await one after the other instead of WhenAll, whose continuation runs on the thread pool.
    private static async Task<Done> BothAsync(Task<Done> end, Task<Done> quarantine)
    {
        await end.ConfigureAwait(false);
        return await quarantine.ConfigureAwait(false);
    }
}
