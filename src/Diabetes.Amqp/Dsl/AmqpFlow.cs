using System.Collections.Immutable;
using Akka.Streams.Dsl;
using Diabetes.Amqp.Messages;
using Diabetes.Amqp.Settings;
using Diabetes.Amqp.Stages;

namespace Diabetes.Amqp.Dsl;

/// <summary>
/// Creates flows that publish messages and emit the value of each message once the broker has confirmed it. Unconfirmed messages are sent
/// again after a lost connection, so a message may arrive twice. When the window of unconfirmed messages is full, the flow backpressures.
/// </summary>
/// <remarks>
/// The flows fail with an <see cref="AmqpRefusedException"/> if the broker refuses this process at the start, and with any exception of the
/// encoder. A lost connection does not end them.
/// </remarks>
public static class AmqpFlow
{
    /// <summary>Emits the values in the order of the messages.</summary>
    public static Flow<ImmutableArray<Publication<T, TPass>>, ImmutableArray<TPass>, NotUsed> WithConfirm<T, TPass>(
        AmqpSinkSettings settings, Encoder<T> encode) =>
        Flow.FromGraph(new AmqpFlowStage<T, TPass>(settings, encode, ordered: true));

    /// <summary>Emits the values in the order of the broker's confirms.</summary>
    public static Flow<ImmutableArray<Publication<T, TPass>>, ImmutableArray<TPass>, NotUsed> WithConfirmUnordered<T, TPass>(
        AmqpSinkSettings settings, Encoder<T> encode) =>
        Flow.FromGraph(new AmqpFlowStage<T, TPass>(settings, encode, ordered: false));
}
