namespace Diabetes.Streams;

/// <summary>
/// What waits for a published message to be safe with the broker. A <see cref="Delivery{T}"/> is one, so that a node that answers a
/// message can hand the delivery to the sink and have it settled by the answer's confirm.
/// </summary>
public interface IConfirmation
{
    /// <summary>The broker has the message.</summary>
    void Confirmed();

    /// <summary>The sink gave the message up (it was closed before the broker confirmed).</summary>
    void Abandoned(NackReason reason);
}
