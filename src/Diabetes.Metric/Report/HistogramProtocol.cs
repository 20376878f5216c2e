using Diabetes.Streams;

namespace Diabetes.Metric;

/// <summary>What a <see cref="HistogramActor"/> understands.</summary>
public static class HistogramProtocol
{
    /// <summary>These rows became durable.</summary>
    internal sealed record Record(IReadOnlyList<LedgerRow> Rows);

    /// <summary>Asks for an <see cref="Domain.ErrorSummary"/>.</summary>
    public sealed record GetSummary
    {
        public static readonly GetSummary Instance = new();
    }
}
