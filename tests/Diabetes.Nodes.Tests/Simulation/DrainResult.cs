namespace Diabetes.Nodes.Tests.Simulation;

/// <summary>How a node ended.</summary>
/// <param name="InMemory">Ids that the hot tier still held.</param>
/// <param name="Joined">Pairs, as the joiner counted them.</param>
/// <param name="Errors">Pairs, as the histogram did.</param>
/// <param name="Refused">Messages that store or disk did not take when asked; they may have since.</param>
/// <param name="Unsettled">Deliveries that went back.</param>
internal sealed record DrainResult(int InMemory, long Joined, long Errors, int Refused, int Unsettled)
{
    /// <summary>What is wrong with that; null for nothing.</summary>
    /// <param name="rows">That the store has answered for.</param>
    public string? Fault(int rows) =>
        InMemory > 0 ? $"The hot tier was drained and holds {InMemory} ids."
        : Refused == 0 && (Joined != rows || Errors != rows) ? $"The store made {rows} rows in this life, the joiner counted {Joined} and the histogram {Errors}."
        : Refused < Unsettled ? $"{Refused} messages were refused, and {Unsettled} deliveries went back."
        : null;
}
