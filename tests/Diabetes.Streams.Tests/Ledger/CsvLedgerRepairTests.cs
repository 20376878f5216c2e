using System.Text;

namespace Diabetes.Streams.Tests;

public sealed class CsvLedgerRepairTests : LedgerTestBase
{
    private const string Whole = Header + "1.5,101.0,90.0,11.0\n\"a,\"\"b\",1.0,2.0,1.0\n\"two\nlines\",1e-05,1e+16,1.0\nlast,1.0,2.0,1.0\n";

    [Fact]
    public async Task Open_CutAtAnyByte_KeepsTheWholeRowsAndNothingElse()
    {
        var bytes = Encoding.UTF8.GetBytes(Whole);
        int[] ends = [.. new[] { Header, "11.0\n", "a,\"\"b\",1.0,2.0,1.0\n", "1e+16,1.0\n", "last,1.0,2.0,1.0\n" }.Select(end => Whole.IndexOf(end, StringComparison.Ordinal) + end.Length)];
        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            Put(bytes.AsSpan(0, cut));
            var whole = ends.LastOrDefault(end => end <= cut, Header.Length);
            var rows = Array.IndexOf(ends, whole);

            await using (var ledger = Open())
            {
                Assert.Equal(rows, ledger.Count);
                Assert.Equal(Whole[..whole], Content);
                await ledger.AppendAsync(Rows(7, 1), None);
            }

            Assert.Equal(Whole[..whole] + Line(7), Content);
            var page = await new CsvLedgerReader(LedgerPath).ReadFromAsync(0, 100, None);
            Assert.Equal(rows + 1, page.Rows.Count);
            Assert.Equal(0, page.Unreadable);
        }
    }

    [Fact]
    public async Task Open_TornLastRow_IsLoggedWithItsBytes()
    {
        Put(Header + Line(0) + "2.5,10");

        await using var ledger = Open();

        var (_, _, text) = Assert.Single(Log.Entries, entry => entry.Id == 1022);
        Assert.Contains("cut off 6 bytes", text);
        Assert.Contains(Convert.ToHexString("2.5,10"u8), text);
        Assert.False(File.Exists(LedgerPath + ".torn"));
    }

    [Fact]
    public async Task Open_QuoteNeverClosed_KeepsTheRowsBehindItAside()
    {
        var lost = "\"oops,1,2,1\n" + Lines(1, 3);
        Put(Header + Line(0) + lost);

        await using var ledger = Open();

        Assert.Equal(1, ledger.Count);
        Assert.Equal(lost, File.ReadAllText(LedgerPath + ".torn"));
        Assert.Equal(1, Log.Count(1026));
    }
}
