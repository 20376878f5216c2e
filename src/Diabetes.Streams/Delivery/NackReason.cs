namespace Diabetes.Streams;

/// <summary>Why a delivery went back to the broker.</summary>
public enum NackReason
{
    /// <summary>The node stops; the next one will have it.</summary>
    Draining,

    /// <summary>The ledger, store or broker it was meant for did not take it.</summary>
    NotDurable,

    /// <summary>The actor that held it failed.</summary>
    ActorFailed,
}
