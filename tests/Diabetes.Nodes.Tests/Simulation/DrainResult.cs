namespace Diabetes.Nodes.Tests.Simulation;

/// <summary>Describes how a drain of the node ended.</summary>
/// <param name="InMemory">The number of ids with a half in memory.</param>
/// <param name="Joined">The number of pairs that the ledger actor counted.</param>
/// <param name="Errors">The number of pairs that the histogram counted.</param>
/// <param name="GaveUp">True if the drain took too long and was cut off.</param>
/// <param name="Unsettled">The number of deliveries that returned to the broker.</param>
internal sealed record DrainResult(int InMemory, long Joined, long Errors, bool GaveUp, int Unsettled)
{
    /// <summary>Checks the result; returns what is wrong, or null.</summary>
    /// <param name="rows">The number of rows that the store committed.</param>
    /// <param name="wasTroubled">True if there was a reason not to end in time.</param>
    public string? Fault(int rows, bool wasTroubled) =>
        GaveUp && !wasTroubled ? "The node did not end in time, and nothing had kept it from that."
        : GaveUp ? null
        : InMemory > 0 ? $"The hot tier was drained and holds {InMemory} ids."
        : Joined != rows
        || Errors != rows ? $"The store made {rows} rows in this life, the ledger's actor counted {Joined} and the histogram {Errors}."
        : Unsettled > 0 ? $"Everything was drained, and {Unsettled} deliveries went back."
        : null;
}
