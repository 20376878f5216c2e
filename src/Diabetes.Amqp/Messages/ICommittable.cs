namespace Diabetes.Amqp.Messages;

/// <summary>
/// The duty to settle one delivery, or one part of it. Exactly one of the two methods is called, once: the first call counts and the second throws, so that two
/// owners of one delivery are found by the first test that runs them. Both return at once and wait for nothing: settlements are sent in batches. Where the channel
/// of the delivery is lost they do nothing, since the broker then hands the message out again by itself.
/// </summary>
public interface ICommittable
{
    /// <summary>The message is durable elsewhere: the broker may forget it.</summary>
    /// <exception cref="InvalidOperationException">It was settled before.</exception>
    void Commit();

    /// <summary>The message could not be made durable: the broker keeps it and hands it out again.</summary>
    /// <exception cref="InvalidOperationException">It was settled before.</exception>
    void Reject(RejectReason reason);
}
