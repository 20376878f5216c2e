using System.Buffers;
using System.Globalization;
using System.Text;
using Diabetes.Domain.Wire;
using Diabetes.Ledger.Csv;
using Diabetes.Ledger.Joins;

namespace Diabetes.Ledger.Sqlite;

/// <summary>Formats orphans as CSV, into one buffer that is used again for the next batch.</summary>
internal sealed class OrphanRows
{
    /// <summary>The columns: <c>since</c> is when the half came, in UTC as ISO 8601; <c>age</c> is in seconds.</summary>
    public const string Header = "id,side,value,model,since,age";

    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>Formats rows; the memory is valid until the next call.</summary>
    public ReadOnlyMemory<byte> Format(IReadOnlyList<Orphan> orphans, DateTimeOffset now)
    {
        _bytes.ResetWrittenCount();
        foreach (var orphan in orphans)
        {
            CsvId.Write(orphan.Id, _bytes);
            Text(orphan.YTrue.HasValue ? ",y_true," : ",y_pred,");
            Number(orphan.YTrue ?? orphan.YPred!.Value);
            Text(",");
            CsvId.Write(orphan.Model ?? "", _bytes);
            Text(orphan.Since.UtcDateTime.ToString("','yyyy-MM-dd'T'HH:mm:ss.fff'Z,'", CultureInfo.InvariantCulture));
            Number((now - orphan.Since).TotalSeconds);
            Text("\n");
        }

        return _bytes.WrittenMemory;
    }

    private void Text(string text) => Encoding.UTF8.GetBytes(text, _bytes);

    private void Number(double value) => _bytes.Advance(PythonFloat.Format(value, _bytes.GetSpan(PythonFloat.MaxLength)));
}
