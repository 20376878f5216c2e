namespace Diabetes.Amqp.Messages;

/// <summary>Why a delivery goes back to the broker.</summary>
public enum RejectReason
{
    /// <summary>The node stops; the next one will have the message.</summary>
    Draining,

    /// <summary>The ledger, store or broker that was to keep the message did not take it.</summary>
    NotDurable,
}
