using Diabetes.Domain.Joining;
using Diabetes.Domain.Statistics;

namespace Diabetes.Metric.Report;

/// <summary>What a <see cref="HistogramActor"/> understands.</summary>
public static class HistogramProtocol
{
    /// <summary>These pairs became durable.</summary>
    internal sealed record Record(IReadOnlyList<JoinedPair> Pairs);

    /// <summary>Asks for an <see cref="ErrorSummary"/>.</summary>
    public sealed record GetSummary
    {
        public static readonly GetSummary Instance = new();
    }
}
