using Diabetes.Streams;

namespace Diabetes.Nodes.Tests.Recording;

/// <summary>A ledger in memory that refuses when told.</summary>
internal sealed class RecordedLedger : ILedger
{
    private readonly Lock _lock = new();
    private readonly List<LedgerRow[]> _batches = [];

    public IReadOnlyList<LedgerRow[]> Batches
    {
        get
        {
            lock (_lock) return [.. _batches];
        }
    }

    public bool Refuses { get; set; }

    public int Tries { get; private set; }

    public long Count => Batches.Sum(batch => batch.Length);

    public ValueTask AppendAsync(ReadOnlyMemory<LedgerRow> rows, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            Tries++;
            if (Refuses)
            {
                throw new IOException("The disk is full.");
            }

            _batches.Add(rows.ToArray());
            return ValueTask.CompletedTask;
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
