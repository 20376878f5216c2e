using System.Buffers;
using Diabetes.Domain.Wire;

namespace Diabetes.Ledger.Csv;

/// <summary>Formats rows as CSV, into one buffer that is used again for the next batch.</summary>
internal sealed class CsvRows(CsvLedgerOptions options)
{
    private readonly ArrayBufferWriter<byte> _bytes = new(64 * 1024);
    private readonly byte _delimiter = (byte)options.Delimiter;

    /// <summary>Formats rows; the memory is valid until the next call.</summary>
    public ReadOnlyMemory<byte> Format(ReadOnlySpan<LedgerRow> rows)
    {
        _bytes.ResetWrittenCount();
        foreach (ref readonly var row in rows)
        {
            CsvId.Write(row.Id, _bytes);
            Number(row.YTrue);
            Number(row.YPred);
            Number(row.AbsoluteError);
            _bytes.GetSpan(1)[0] = (byte)'\n';
            _bytes.Advance(1);
        }

        return _bytes.WrittenMemory;
    }

    private void Number(double value)
    {
        var room = _bytes.GetSpan(PythonFloat.MaxLength + 1);
        room[0] = _delimiter;
        _bytes.Advance(1 + PythonFloat.Format(value, room[1..]));
    }
}
