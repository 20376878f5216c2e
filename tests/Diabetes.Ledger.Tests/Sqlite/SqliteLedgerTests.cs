using System.Text;
using Diabetes.Ledger.Csv;
using Diabetes.Ledger.Disk;
using Diabetes.Ledger.Sqlite;
using static Diabetes.Ledger.Tests.Joins.Traffic;

namespace Diabetes.Ledger.Tests.Sqlite;

/// <summary>What a SQLite store makes of a ledger that is there when it starts: ours or another's, whole or torn.</summary>
public sealed class SqliteLedgerTests : IDisposable
{
    private const string Whole =
        SqliteFolder.Header + "1.5,101.0,90.0,11.0\n\"a,\"\"b\",1.0,2.0,1.0\n\"two\nlines\",1e-05,1e+16,1.0\nlast,1.0,2.0,1.0\n";

    private readonly SqliteFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Open_CutAtAnyByte_KeepsTheWholeRowsAndNothingElse()
    {
        var bytes = Encoding.UTF8.GetBytes(Whole);
        int[] ends = [.. new[] { SqliteFolder.Header, "11.0\n", "a,\"\"b\",1.0,2.0,1.0\n", "1e+16,1.0\n", "last,1.0,2.0,1.0\n" }.Select(
            end => Whole.IndexOf(end, StringComparison.Ordinal) + end.Length)];
        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            using var folder = new SqliteFolder();
            File.WriteAllBytes(folder.Ledger, bytes[..cut]);
            var whole = ends.LastOrDefault(end => end <= cut, SqliteFolder.Header.Length);
            var rows = Array.IndexOf(ends, whole);

            await using (var store = folder.Open())
            {
                Assert.Equal(rows, (await store.CountAsync(default)).Rows);
                Assert.Equal(Whole[..whole], folder.Text("metric_log.csv"));
                await folder.On(store).CommitAsync([True(7, 10), Pred(7, 12)], 0, 0, default);
            }

            Assert.Equal(Whole[..whole] + "7.5,10.0,12.0,2.0\n", folder.Text("metric_log.csv"));
            var page = await new CsvLedgerReader(folder.Ledger).ReadFromAsync(0, 100, default);
            Assert.Equal(rows + 1, page.Rows.Count);
            Assert.Equal(0, page.Unreadable);
        }
    }

    [Fact]
    public async Task Open_TornLastRow_IsLoggedWithItsBytes()
    {
        File.WriteAllText(_folder.Ledger, SqliteFolder.Header + "1.5,1.0,2.0,1.0\n2.5,10");

        await using var store = _folder.Open();

        var (_, _, text) = Assert.Single(_folder.Log.Entries, entry => entry.Id == 9022);
        Assert.Contains("Cut off 6 bytes", text);
        Assert.Contains(Convert.ToHexString("2.5,10"u8), text);
        Assert.False(File.Exists(_folder.Ledger + ".torn"));
    }

    [Fact]
    public async Task Open_QuoteNeverClosed_KeepsTheRowsBehindItAside()
    {
        const string Lost = "\"oops,1,2,1\n2.5,1.0,2.0,1.0\n3.5,1.0,2.0,1.0\n";
        File.WriteAllText(_folder.Ledger, SqliteFolder.Header + "1.5,1.0,2.0,1.0\n" + Lost);

        await using var store = _folder.Open();

        Assert.Equal(1, (await store.CountAsync(default)).Rows);
        Assert.Equal(Lost, _folder.Text("metric_log.csv.torn"));
        Assert.Equal(1, _folder.Log.Count(9026));
    }

    [Theory]
    [InlineData("\uFEFFid,y_true,y_pred,absolute_error\n")]
    [InlineData("id,y_true,y_pred,absolute_error\r\n")]
    [InlineData("\"id\",\"y_true\",\"y_pred\",\"absolute_error\"\n")]
    public async Task Open_SameColumnsWrittenByAnother_AreAppendedTo(string header)
    {
        File.WriteAllText(_folder.Ledger, header + "x,1,2,1\n");

        await using var store = _folder.Open();
        await _folder.On(store).CommitAsync([True(7, 10), Pred(7, 12)], 0, 0, default);

        Assert.Equal(header + "x,1,2,1\n7.5,10.0,12.0,2.0\n", _folder.Text("metric_log.csv"));
        Assert.Equal(2, (await store.CountAsync(default)).Rows);
    }

    [Theory]
    [InlineData("message_id,y_true,y_pred,absolute_error\n1,2,3,1\n")]
    [InlineData("id;y_true;y_pred;absolute_error\n1;2;3;1\n")]
    [InlineData("id,y_true,y_pred,error\n")]
    [InlineData("1.5,2,3,1\n")]
    [InlineData("not a ledger")]
    [InlineData("id,y_true,y_pred,absolute_error,model\n")]
    public async Task Open_OtherColumns_SaysWhatIsThereAndWhatToDoAndLeavesItAlone(string content)
    {
        File.WriteAllText(_folder.Ledger, content);

        var fault = Assert.Throws<LedgerUnusableException>(_folder.Open);

        Assert.Contains($"begins with '{content.Split('\n')[0]}'", fault.Message);
        Assert.Contains("Move the file away", fault.Message);
        Assert.Equal(content, _folder.Text("metric_log.csv"));
        File.Delete(_folder.Ledger);
        await _folder.Open().DisposeAsync();
    }

    [Fact]
    public async Task Open_OtherColumnNameAndDelimiter_AreUsed()
    {
        await using var store = SqliteJoinStore.Open(
            _folder.Options with { Ledger = _folder.Options.Ledger with { ErrorColumn = "error", Delimiter = ';' } }, LocalDisk.Instance,
                _folder.Log);
        await _folder.On(store).CommitAsync([True("\"a;b\"", 1), Pred("\"a;b\"", 2)], 0, 0, default);

        Assert.Equal("id;y_true;y_pred;error\n\"a;b\";1.0;2.0;1.0\n", _folder.Text("metric_log.csv"));
    }

    [Theory]
    [InlineData('"')]
    [InlineData('\n')]
    [InlineData('\u20AC')]
    public void Delimiter_ThatCannotBe_IsRefused(char delimiter) =>
        Assert.Throws<ArgumentException>(() => _folder.Options.Ledger with { Delimiter = delimiter });
}
