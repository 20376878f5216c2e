using Diabetes.Domain.Joining;

namespace Diabetes.Ledger.Sqlite;

/// <summary>Reads and writes the table "counts": halves of each side, by what became of them.</summary>
internal sealed class CountTable(SqliteDatabase database)
{
    private readonly SqliteStatement _read = database.Prepare(
        "SELECT received, joined, pending, orphaned, duplicates, quarantined FROM counts WHERE side = ?1");

    private readonly SqliteStatement _write = database.Prepare(
        "UPDATE counts SET received = ?2, joined = ?3, pending = ?4, orphaned = ?5, duplicates = ?6, quarantined = ?7 WHERE side = ?1");

    public (SideTally YTrue, SideTally YPred) Read() => (Read("y_true"), Read("y_pred"));

    public void Write(in SideTally yTrue, in SideTally yPred)
    {
        Write("y_true", yTrue);
        Write("y_pred", yPred);
    }

    private SideTally Read(string side)
    {
        _read.Text(1, side).Step();
        var counts = new SideTally(_read.Integer(0), _read.Integer(1), _read.Integer(2), _read.Integer(3), _read.Integer(4),
            _read.Integer(5));
        _read.Reset();
        return counts;
    }

    private void Write(string side, in SideTally counts) =>
        _write.Text(1, side).Integer(2, counts.Received).Integer(3, counts.Joined).Integer(4, counts.Pending)
            .Integer(5, counts.Orphaned).Integer(6, counts.Duplicates).Integer(7, counts.Quarantined).Run();
}
