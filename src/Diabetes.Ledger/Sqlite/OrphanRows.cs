using System.Buffers;
using System.Globalization;
using System.Text;
using Diabetes.Domain.Wire;
using Diabetes.Ledger.Csv;
using Diabetes.Ledger.Joins;

namespace Diabetes.Ledger.Sqlite;

/// <summary>Formats orphans as CSV, into one buffer that it keeps for the next batch.</summary>
internal sealed class OrphanRows
{
    /// <summary>Since when in UTC, ISO 8601; age in seconds.</summary>
    public const string Header = "id,side,value,model,since,age";

    private const byte Delimiter = (byte)',';
    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>Valid until the next call.</summary>
    public ReadOnlyMemory<byte> Format(IReadOnlyList<Orphan> orphans, DateTimeOffset now)
    {
        _bytes.ResetWrittenCount();
        foreach (var orphan in orphans)
        {
            CsvId.Write(orphan.Id, Delimiter, _bytes);
            Text(orphan.YTrue.HasValue ? ",y_true," : ",y_pred,");
            Number(orphan.YTrue ?? orphan.YPred!.Value);
            Text(",");
            CsvId.Write(orphan.Model ?? "", Delimiter, _bytes);
            Text(orphan.Since.UtcDateTime.ToString("','yyyy-MM-dd'T'HH:mm:ss.fff'Z,'", CultureInfo.InvariantCulture));
            Number((now - orphan.Since).TotalSeconds);
            Text("\n");
        }

        return _bytes.WrittenMemory;
    }

    private void Text(string text) => Encoding.UTF8.GetBytes(text, _bytes);

    private void Number(double value) => _bytes.Advance(PythonFloat.Format(value, _bytes.GetSpan(PythonFloat.MaxLength)));
}
