using System.Diagnostics;
using System.Text;
using Diabetes.Ledger.Csv;
using FsCheck;
using FsCheck.Fluent;

namespace Diabetes.Ledger.Tests.Csv;

public sealed class CsvRoundTripTests : LedgerTestBase
{
    private static readonly Gen<string> AnyId = Gen.OneOf(
        Gen.Elements("=cmd()", "'=1", "''+x", "-5", "-5+1", "@a", "\t", "\r", "\n", "\"", "", "a,b", "a;b", "1730027639.447099",
            "\u00E9\u4E16\uD83D\uDE00", " x ", "\uFF1D1", "-1e5", "\uFEFF",
            "a;=1+1;b", "a\t=1+1", "a;'=1", ";\t=|''+", "a\0b", ";\0=", "\u2400", "\u24000", "\0\u2400", "\0"),
        ArbMap.Default.GeneratorFor<string>().Where(text => text is not null && !text.Any(char.IsSurrogate)));

    private static readonly Gen<LedgerRow> AnyRow =
        from id in AnyId
        from yTrue in ArbMap.Default.GeneratorFor<NormalFloat>()
        from yPred in ArbMap.Default.GeneratorFor<NormalFloat>()
        from error in ArbMap.Default.GeneratorFor<NormalFloat>()
        select new LedgerRow(id, (double)yTrue, (double)yPred, Math.Abs((double)error));

    [Fact]
    public void WriterAndReader_AnyRows_RoundTrip()
    {
        var cases = AnyRow.ListOf().Zip(Gen.Elements(',', ';', '\t', '|')).ToArbitrary();
        Prop.ForAll(cases, async one =>
        {
            var (rows, delimiter) = one;
            Write([.. rows], delimiter);

            var page = await new CsvLedgerReader(LedgerPath).ReadFromAsync(0, int.MaxValue, None);

            Assert.Equal(rows, page.Rows);
            Assert.Equal(0, page.Unreadable);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public async Task Writer_IdsThatAreNoFormulas_AreQuotedAsPythonQuotesThem()
    {
        string[] ids = ["1730027639.447099", "-5.0", "7c9e6679-7425-40de-944b-e07fc1f90ae7", "a,b", "a\"b", "a\nb", " a ", "\u00E9",
            "it's", "'x"];
        Write([.. ids.Select(id => new LedgerRow(id, 1, 2, 1))], ',');
        var start = new ProcessStartInfo("/usr/bin/python3", ["-c", $"""
            import csv, json, sys
            rows = list(csv.reader(open({PythonText(LedgerPath)}, newline='', encoding='utf-8')))
            out = csv.writer(open({PythonText(LedgerPath)} + '.python', 'w', newline='', encoding='utf-8'), lineterminator='\n')
            out.writerow(rows[0])
            for id in json.loads({PythonText(System.Text.Json.JsonSerializer.Serialize(ids))}): out.writerow([id, 1.0, 2.0, 1.0])
            print(json.dumps([row[0] for row in rows[1:]]))
            """]) { RedirectStandardOutput = true };
        using var python = Process.Start(start)!;
        var read = System.Text.Json.JsonSerializer.Deserialize<string[]>(await python.StandardOutput.ReadToEndAsync());
        await python.WaitForExitAsync();

        Assert.Equal(ids, read);
        Assert.Equal(await File.ReadAllTextAsync(LedgerPath + ".python"), Content);
    }

    [Theory]
    [InlineData("=cmd|' /C calc'!A0", "\"'=cmd|' /C calc'!A0\"")]
    [InlineData("+1+2", "'+1+2")]
    [InlineData("-2+3", "'-2+3")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "\"'\t'=1\"")]
    [InlineData("a;=1+1;b", "\"a;'=1+1;b\"")]
    [InlineData("a\t=1+1", "\"a\t'=1+1\"")]
    [InlineData("a|@x", "\"a|'@x\"")]
    [InlineData("a;b", "\"a;b\"")]
    [InlineData("a\0b", "\"a\u24000b\"")]
    [InlineData("=\"x\"", "\"'=\"\"x\"\"\"")]
    [InlineData("'=1", "''=1")]
    [InlineData("-2.5e3", "-2.5e3")]
    [InlineData("+7", "+7")]
    [InlineData("'plain", "'plain")]
    public void Writer_IdThatASpreadsheetWouldRun_IsDisarmed(string id, string field)
    {
        Write([new LedgerRow(id, 1, 2, 1)], ',');

        Assert.Equal($"{Header}{field},1.0,2.0,1.0\n", Content);
    }

    private static string PythonText(string text) => System.Text.Json.JsonSerializer.Serialize(text);

    private void Write(LedgerRow[] rows, char delimiter)
    {
        var options = Options with { Delimiter = delimiter };
        Put([.. Encoding.UTF8.GetBytes(options.Header + "\n"), .. new CsvRows(options).Format(rows).Span]);
    }
}
