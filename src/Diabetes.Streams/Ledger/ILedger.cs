namespace Diabetes.Streams;

/// <summary>Append-only book of joined pairs. One writer; rows are durable when the call that brought them completes.</summary>
public interface ILedger : IAsyncDisposable
{
    /// <summary>Rows in the ledger, over all runs.</summary>
    long Count { get; }

    /// <summary>Appends a batch and makes it durable (one fsync for all of it). All or nothing: after a failure none of the rows is in the ledger.</summary>
    /// <exception cref="IOException">The disk did not take the rows; the caller keeps them and tries again.</exception>
    ValueTask AppendAsync(ReadOnlyMemory<LedgerRow> rows, CancellationToken cancellationToken);
}
