using System.Text;
using Diabetes.Ledger.Csv;

namespace Diabetes.Ledger.Tests.Csv;

/// <summary>A folder of the test's own, with a ledger in it.</summary>
public abstract class LedgerTestBase : IDisposable
{
    protected const string Header = "id,y_true,y_pred,absolute_error\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("ledger-").FullName;

    protected string LedgerPath => Path.Combine(_folder, "logs", "metric_log.csv");

    protected string Content => File.ReadAllText(LedgerPath);

    protected static CancellationToken None => CancellationToken.None;

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    protected static LedgerRow Row(int number) => new($"{number}.5", 100 + number, 90, 10 + number);

    protected static LedgerRow[] Rows(int from, int count) => [.. Enumerable.Range(from, count).Select(Row)];

    protected static string Line(int number) => $"{number}.5,{100 + number}.0,90.0,{10 + number}.0\n";

    protected static string Lines(int from, int count) => string.Concat(Enumerable.Range(from, count).Select(Line));

    protected CsvLedgerOptions Options => new(LedgerPath);

    protected void Put(string content) => Put(Encoding.UTF8.GetBytes(content));

    protected void Put(ReadOnlySpan<byte> content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(LedgerPath)!);
        File.WriteAllBytes(LedgerPath, content);
    }
}
