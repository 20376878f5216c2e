using Diabetes.Domain.Wire;

namespace Diabetes.Nodes.Tests.Simulation;

/// <summary>How a node ended.</summary>
/// <param name="InMemory">Ids that the hot tier still held.</param>
/// <param name="Joined">Pairs, as the ledger's actor counted them.</param>
/// <param name="Errors">Pairs, as the histogram did.</param>
/// <param name="GaveUp">Whether it took too long, and was cut off.</param>
/// <param name="Unsettled">Deliveries that went back.</param>
internal sealed record DrainResult(int InMemory, long Joined, long Errors, bool GaveUp, int Unsettled)
{
    /// <summary>What is wrong with that; null for nothing.</summary>
    /// <param name="rows">That the store has answered for.</param>
    /// <param name="wasTroubled">Whether there was any reason not to end in time.</param>
    public string? Fault(int rows, bool wasTroubled) =>
        GaveUp && !wasTroubled ? "The node did not end in time, and nothing had kept it from that."
        : GaveUp ? null
        : InMemory > 0 ? $"The hot tier was drained and holds {InMemory} ids."
        : Joined != rows || Errors != rows ? $"The store made {rows} rows in this life, the ledger's actor counted {Joined} and the histogram {Errors}."
        : Unsettled > 0 ? $"Everything was drained, and {Unsettled} deliveries went back."
        : null;
}
