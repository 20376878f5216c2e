namespace Diabetes.Hosting;

/// <summary>
/// The order in which nodes end: what comes first stops feeding what comes later. Each stands for a phase of
/// <see cref="CoordinatedShutdown"/>, whose names come from a wider world.
/// </summary>
public enum DrainPhase
{
    /// <summary>Make nothing new, send what was promised.</summary>
    StopProducing,

    /// <summary>Hand out no more deliveries.</summary>
    StopConsuming,

    /// <summary>Bring what is in the actors to its end: joined and committed, answered and confirmed, or given back.</summary>
    Settle,

    /// <summary>Draw the last picture.</summary>
    Report,

    /// <summary>Close sources, sinks, ledger.</summary>
    Close,

    /// <summary>Close the broker's connections.</summary>
    Disconnect,
}
