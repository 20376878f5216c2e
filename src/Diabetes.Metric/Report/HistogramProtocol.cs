using Diabetes.Domain.Joining;
using Diabetes.Domain.Statistics;

namespace Diabetes.Metric.Report;

/// <summary>Lists the messages that a <see cref="HistogramActor"/> understands.</summary>
public static class HistogramProtocol
{
    /// <summary>Adds pairs that were committed.</summary>
    internal sealed record Record(IReadOnlyList<JoinedPair> Pairs);

    /// <summary>Asks for an <see cref="ErrorSummary"/> of all pairs so far.</summary>
    public sealed record GetSummary
    {
        public static readonly GetSummary Instance = new();
    }
}
