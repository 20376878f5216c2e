using Diabetes.Ledger;

namespace Diabetes.Nodes.Tests.Nodes.Plot;

/// <summary>Simulates a ledger in memory that answers at once. Positions are row numbers.</summary>
internal sealed class FakeLedger : ILedgerReader
{
    private readonly List<LedgerRow> _rows = [];

    public bool Exists { get; set; } = true;

    public Exception? Failure { get; set; }

    public int Unreadable { get; set; }

    public int Reads { get; private set; }

    public void Add(int rows, double error = 10)
    {
        for (var i = 0; i < rows; i++)
        {
            _rows.Add(new LedgerRow($"{_rows.Count}", error, 0, error));
        }
    }

    public void Replace()
    {
        _rows.Clear();
    }

    public ValueTask<LedgerPage> ReadFromAsync(long position, int limit, CancellationToken cancellationToken)
    {
        Reads++;
        if (Failure is not null)
        {
            return ValueTask.FromException<LedgerPage>(Failure);
        }

        if (!Exists)
        {
            return ValueTask.FromResult(new LedgerPage([], 0, LedgerState.Missing, 0));
        }

        var state = position > _rows.Count ? LedgerState.Restarted : LedgerState.Following;
        var start = state == LedgerState.Restarted ? 0 : (int)position;
        LedgerRow[] page = [.. _rows.Skip(start).Take(limit)];
        var unreadable = Unreadable;
        Unreadable = 0;
        return ValueTask.FromResult(new LedgerPage(page, start + page.Length, state, unreadable));
    }
}
