using System.Text;
using Diabetes.Ledger.Disk;

namespace Diabetes.Ledger.Csv;

/// <summary>Reads one page of rows from a CSV file, or from several in turn.</summary>
internal sealed class CsvPage(int limit)
{
    private const int Shown = 1024;

    private readonly List<LedgerRow> _rows = [];

    public IReadOnlyList<LedgerRow> Rows => _rows;

    /// <summary>Whether the page has as many rows as were asked for.</summary>
    public bool IsFull => _rows.Count >= limit;

    /// <summary>Position behind the last record, in the file that was read last.</summary>
    public long Next { get; private set; }

    /// <summary>Records that could not be read as rows.</summary>
    public int Unreadable { get; private set; }

    /// <summary>The first of them; null if there is none.</summary>
    public string? FirstUnreadable { get; private set; }

    /// <summary>
    /// Reads whole records from <paramref name="position"/> on, a buffer at a time; a record longer than the buffer is skipped.
    /// </summary>
    public void Read(CsvLayout layout, ReadAt file, byte[] buffer, long position, CancellationToken cancellationToken)
    {
        Next = position;
        while (!IsFull)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var bytes = buffer.AsSpan(0, file(Next, buffer));
            var taken = Take(layout, bytes);
            if (taken == 0 && bytes.Length < buffer.Length)
            {
                return;
            }

            Next += taken > 0 ? taken : Skip(bytes);
        }
    }

    /// <summary>Skips what is left of a closed file, and counts it as one unreadable record.</summary>
    public void GiveUp(long length)
    {
        Unreadable += Next < length ? 1 : 0;
        Next = length;
    }

    private int Take(CsvLayout layout, ReadOnlySpan<byte> bytes)
    {
        var taken = 0;
        while (!IsFull && CsvRecord.End(bytes[taken..], layout.Delimiter) is > 0 and var length)
        {
            AddRow(layout, CsvRecord.Trim(bytes.Slice(taken, length)));
            taken += length;
        }

        return taken;
    }

    private void AddRow(CsvLayout layout, ReadOnlySpan<byte> record)
    {
        if (record.IsEmpty)
        {
            return;
        }

        Span<Range> fields = stackalloc Range[CsvLayout.MostColumns];
        var count = Math.Min(CsvRecord.Split(record, layout.Delimiter, fields), fields.Length);
        if (layout.Id < count && layout.YTrue < count && layout.YPred < count
            && CsvNumber.TryRead(record[fields[layout.YTrue]], out var yTrue)
            && CsvNumber.TryRead(record[fields[layout.YPred]], out var yPred))
        {
            var given = layout.Error >= 0 && layout.Error < count ? record[fields[layout.Error]] : default;
            var error = CsvNumber.TryRead(given, out var read) ? Math.Abs(read) : Math.Abs(yTrue - yPred);
            _rows.Add(new LedgerRow(CsvId.Read(record[fields[layout.Id]]), yTrue, yPred, error));
        }
        else
        {
            CountUnreadable(record);
        }
    }

    private int Skip(ReadOnlySpan<byte> bytes)
    {
        var line = bytes.IndexOf((byte)'\n');
        var length = line < 0 ? bytes.Length : line + 1;
        CountUnreadable(CsvRecord.Trim(bytes[..length]));
        return length;
    }

    private void CountUnreadable(ReadOnlySpan<byte> record)
    {
        FirstUnreadable ??= Encoding.UTF8.GetString(record[..Math.Min(record.Length, Shown)]);
        Unreadable++;
    }
}
