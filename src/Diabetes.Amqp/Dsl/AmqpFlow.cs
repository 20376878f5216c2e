using System.Collections.Immutable;
using Akka.Streams.Dsl;
using Diabetes.Amqp.Messages;
using Diabetes.Amqp.Settings;
using Diabetes.Amqp.Stages;

namespace Diabetes.Amqp.Dsl;

/// <summary>
/// Flows that publish, and let pass what belongs to a message once the broker has confirmed it. Unconfirmed messages are sent again after a lost connection, so a
/// message may arrive twice. A full window of unconfirmed messages is the back-pressure.
/// </summary>
/// <remarks>
/// They fail with an <see cref="AmqpRefusedException"/> where the broker refuses this process at the start, and with what the encoder throws. A lost broker does not
/// end them.
/// </remarks>
public static class AmqpFlow
{
    /// <summary>Lets pass in the order of the messages.</summary>
    public static Flow<ImmutableArray<Publication<T, TPass>>, ImmutableArray<TPass>, NotUsed> WithConfirm<T, TPass>(AmqpSinkSettings settings, Encoder<T> encode) =>
        Flow.FromGraph(new AmqpFlowStage<T, TPass>(settings, encode, ordered: true));

    /// <summary>Lets pass in the order of the broker's confirms.</summary>
    public static Flow<ImmutableArray<Publication<T, TPass>>, ImmutableArray<TPass>, NotUsed> WithConfirmUnordered<T, TPass>(AmqpSinkSettings settings, Encoder<T> encode) =>
        Flow.FromGraph(new AmqpFlowStage<T, TPass>(settings, encode, ordered: false));
}
