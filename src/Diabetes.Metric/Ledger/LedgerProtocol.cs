using Diabetes.Domain;
using Diabetes.Streams;

namespace Diabetes.Metric;

/// <summary>What a <see cref="LedgerActor"/> understands and answers.</summary>
public static class LedgerProtocol
{
    /// <summary>Write this row; both deliveries are settled when it is durable.</summary>
    internal sealed record Append(JoinedPair Pair, IConfirmation First, IConfirmation Second);

    /// <summary>Commit what waits; answered with <see cref="Flushed"/>.</summary>
    public sealed record Flush
    {
        public static readonly Flush Instance = new();
    }

    /// <param name="Committed">Rows made durable since the node started.</param>
    /// <param name="Total">Rows in the ledger.</param>
    public sealed record Flushed(long Committed, long Total);

    /// <summary>Asks to be told, by <see cref="Flushed"/>, when this many rows have been made durable since the node started.</summary>
    public sealed record WhenCommitted(long Rows);
}
