using Diabetes.Domain.Joining;

namespace Diabetes.Ledger.Sqlite;

/// <summary>Counts the pairs of a store one by one.</summary>
internal sealed class SqliteCensus
{
    private readonly SqliteStatement _rows;

    public SqliteCensus(SqliteDatabase database)
    {
        _rows = database.Prepare("SELECT key, id, y_true, y_pred FROM pairs WHERE stage = ?1");
        var stages = database.Prepare("SELECT stage, count(y_true), count(y_pred) FROM pairs GROUP BY stage");
        while (stages.Step())
        {
            var stage = stages.Integer(0);
            YTrue += Of(stage, stages.Integer(1));
            YPred += Of(stage, stages.Integer(2));
        }

        stages.Reset();
    }

    public SideTally YTrue { get; }

    public SideTally YPred { get; }

    /// <summary>Reads the rows that the files must have for the pairs in this stage.</summary>
    public IEnumerable<(string Id, double YTrue, double YPred)> Rows(PairStage stage)
    {
        _rows.Integer(1, (int)stage);
        while (_rows.Step())
        {
            yield return (_rows.Text(1) ?? PairTable.IdOf(_rows.Text(0)!), _rows.Real(2) ?? double.NaN, _rows.Real(3) ?? double.NaN);
        }

        _rows.Reset();
    }

    private static SideTally Of(long stage, long halves) => (PairStage)stage switch
    {
        PairStage.Pending => new SideTally { Pending = halves },
        PairStage.Orphaned => new SideTally { Orphaned = halves },
        PairStage.Joined or PairStage.JoinedLate => new SideTally { Joined = halves },
        _ => default,
    };
}
