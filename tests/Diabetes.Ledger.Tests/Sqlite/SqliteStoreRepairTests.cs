using Diabetes.Ledger.Disk;
using Diabetes.Ledger.Joins;
using Diabetes.Ledger.Sqlite;
using static Diabetes.Ledger.Tests.Joins.Traffic;

namespace Diabetes.Ledger.Tests.Sqlite;

public sealed class SqliteStoreRepairTests : IDisposable
{
    private readonly SqliteFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("edited")]
    [InlineData("damaged")]
    [InlineData("sound")]
    public async Task Repair_Store_AgreesWithTheLedgerAgainAndKeepsWhatWaits(string store)
    {
        await FillAsync();
        switch (store)
        {
            case "edited":
                await File.WriteAllTextAsync(_folder.Ledger, Text(1));
                break;
            case "damaged":
                await File.WriteAllTextAsync(_folder.Database, new string('x', 8192));
                break;
        }

        var report = await RepairAsync();

        var audit = Audit();
        Assert.Empty(audit.Differences);
        Assert.Equal((store != "damaged", store == "edited" ? 1 : 0), (report.Carried, report.Dropped));
        Assert.Equal(store == "sound", report.Unsettled is null);
        Assert.Equal((store == "edited" ? 1 : 2, report.Carried ? 1 : 0), (audit.Counts.Rows, audit.Counts.YTrue.Pending));
        Assert.Equal(_folder.In("former.db"), report.Kept);
        Assert.True(File.Exists(report.Kept));
    }

    [Theory]
    [InlineData("copy")]
    [InlineData("build")]
    [InlineData("log")]
    [InlineData("rename")]
    [InlineData("renamed")]
    public async Task Repair_DiesAtAnyStep_LosesNothingAndIsDoneAgain(string last)
    {
        await FillAsync();

        await Assert.ThrowsAsync<StoreUnavailableException>(() => SqliteStoreRepair.RunAsync(
            _folder.Options, _folder.In("former.db"), withoutArchived: false, LocalDisk.Instance, _folder.Log, step =>
            {
                if (step == last)
                {
                    throw new StoreUnavailableException("The end.");
                }
            }));

        if (last is "log" or "rename")
        {
            Assert.Contains("verify --repair` again", Assert.Throws<StoreUnusableException>(_folder.Open).Message);
        }
        else
        {
            await _folder.Open().DisposeAsync();
        }

        var report = await RepairAsync("again.db");
        Assert.True(report.Carried);
        Assert.Empty(Audit().Differences);
        Assert.Equal((2, 1), (Audit().Counts.Rows, Audit().Counts.YTrue.Pending));
        await _folder.Open().DisposeAsync();
    }

    [Fact]
    public async Task Repair_DamagedStoreHasALogBesideIt_TheNewOneDoesNotReplayIt()
    {
        await FillAsync();
        var damaged = new string('x', 8192);
        byte[] log;
        await using (var store = _folder.Open())
        {
            await CommitAsync(store, 7);
            log = Shared("metric.db-wal");
            Assert.NotEmpty(log);
        }

        await File.WriteAllTextAsync(_folder.Database, damaged);
        await File.WriteAllBytesAsync(_folder.In("metric.db-wal"), log);

        // SQLite takes the log away when it closes a file, damaged or not; unless the disk hinders it.
        var report = await SqliteStoreRepair.RunAsync(
            _folder.Options, _folder.In("former.db"), withoutArchived: false, LocalDisk.Instance, _folder.Log, step =>
            {
                if (step == "log")
                {
                    File.WriteAllBytes(_folder.In("metric.db-wal"), log);
                }
            });

        Assert.False(report.Carried);
        Assert.False(File.Exists(_folder.In("metric.db-wal")));
        Assert.Equal(damaged, _folder.Text("former.db"));
        Assert.Equal(log, await File.ReadAllBytesAsync(_folder.In("former.db-wal")));
        Assert.Empty(Audit().Differences);
        Assert.Equal((3, 0), (Audit().Counts.Rows, Audit().Counts.YTrue.Pending));
    }

    [Fact]
    public async Task Repair_FileAtOddsWithTheStore_GetsTheRowsThatOnlyTheStoreHas()
    {
        await FillAsync();
        byte[] database, log;
        await using (var store = _folder.Open())
        {
            await CommitAsync(store, 7);
            await CommitAsync(store, 8);
            (database, log) = (Shared("metric.db"), Shared("metric.db-wal"));
        }

        // As a crash leaves it whose last rows did not reach the disk; and somebody took out a row that had.
        await File.WriteAllBytesAsync(_folder.Database, database);
        await File.WriteAllBytesAsync(_folder.In("metric.db-wal"), log);
        await File.WriteAllTextAsync(_folder.Ledger, Text(1));

        var report = await RepairAsync();

        Assert.Contains("bytes where", report.Unsettled);
        Assert.Equal((2, 1, true), (report.Appended, report.Dropped, report.Carried));
        Assert.Equal(Text(1, 7, 8), _folder.Text("metric_log.csv"));
        Assert.Empty(Audit().Differences);
        Assert.Equal((0, 0), ((await RepairAsync("again.db")).Appended, (await RepairAsync("third.db")).Dropped));
    }

    [Fact]
    public async Task Repair_StoreInUse_SaysSo()
    {
        await using var store = _folder.Open();

        Assert.Contains("in use by another process", (await Assert.ThrowsAsync<StoreUnusableException>(() => RepairAsync())).Message);
    }

    [Fact]
    public async Task Repair_ReadByAnotherProgram_SaysSoAndChangesNothing()
    {
        await FillAsync();
        using (var other = SqliteDatabase.Open(_folder.Database, readOnly: true))
        {
            other.Execute("BEGIN; SELECT count(*) FROM pairs");
            await File.WriteAllTextAsync(_folder.Ledger, Text(1));
            using (var writer = SqliteDatabase.Open(_folder.Database, readOnly: false))
            {
                writer.Execute("UPDATE counts SET duplicates = duplicates + 1, received = received + 1");
            }

            Assert.Contains("read by another program", (await Assert.ThrowsAsync<StoreUnavailableException>(() => RepairAsync())).Message);
            Assert.False(File.Exists(_folder.In("metric.db.new")));
        }

        Assert.True((await RepairAsync("again.db")).Carried);
        Assert.Empty(Audit().Differences);
    }

    [Theory]
    [InlineData(',', "has 200 lines, and 200 of them are not rows", "decimal commas: a spreadsheet has saved it")]
    [InlineData(';', "has 200 lines, and 200 of them are not rows", "decimal commas: a spreadsheet has saved it")]
    public async Task Repair_LedgerWithDecimalCommas_RefusesAndSaysHowToGetBack(char delimiter, string lines, string takes)
    {
        await FillWithTimesAsync();
        var options = _folder.Options with { Ledger = _folder.Options.Ledger with { Delimiter = delimiter } };
        var rows = _folder.Text("metric_log.csv").Split('\n')[1..^1]
            .Select(row => string.Join(delimiter, row.Split(',').Select(number =>
                delimiter == ',' ? $"\"{number.Replace('.', ',')}\"" : number.Replace('.', ','))));
        await File.WriteAllLinesAsync(_folder.Ledger, [SqliteFolder.Header.TrimEnd().Replace(',', delimiter), .. rows]);

        var refused = await Assert.ThrowsAsync<LedgerUnusableException>(() => RepairAsync(options));

        Assert.Contains(lines, refused.Message, StringComparison.Ordinal);
        Assert.Contains(takes, refused.Message, StringComparison.Ordinal);
        Assert.Contains("Put back a copy of the file from before", refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.In("metric.db.new")));
        Assert.Equal(200, SqliteStoreAudit.Run(options, LocalDisk.Instance, CancellationToken.None).Counts.Rows);
    }

    [Fact]
    public async Task Repair_IdsRoundedToSeconds_RefusesAndKeepsTheIndex()
    {
        await FillWithTimesAsync();
        await File.WriteAllTextAsync(_folder.Ledger, System.Text.RegularExpressions.Regex.Replace(
            _folder.Text("metric_log.csv"), @"^(\d+)\.\d+", "$1", System.Text.RegularExpressions.RegexOptions.Multiline));

        var refused = await Assert.ThrowsAsync<LedgerUnusableException>(() => RepairAsync());

        Assert.Contains("has 200 rows, and 198 of them have the id of another row", refused.Message, StringComparison.Ordinal);
        Assert.Contains("a spreadsheet has rounded them", refused.Message, StringComparison.Ordinal);
        Assert.Equal(200, Audit().Counts.Rows);
    }

    [Fact]
    public async Task Repair_EachIdChanged_Refuses()
    {
        await FillAsync();
        await File.WriteAllTextAsync(_folder.Ledger, _folder.Text("metric_log.csv").Replace(".5,", ",", StringComparison.Ordinal));

        var refused = await Assert.ThrowsAsync<LedgerUnusableException>(() => RepairAsync());

        Assert.Contains("the ids were changed", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Repair_IdsThatPrintAlike_VerifiesAndJoinsNeitherAgain(bool hasFormer)
    {
        var halves = (Diabetes.Domain.Joining.PairHalf[])
            [True("1.5", 1), Pred("1.5", 3), True("\"1.5\"", 1), Pred("\"1.5\"", 3), True("\"2.5\"", 7), Pred("\"2.5\"", 9)];
        await using (var store = _folder.Open())
        {
            await _folder.On(store).CommitAsync(halves, 0, 0, CancellationToken.None);
        }

        if (!hasFormer)
        {
            File.Delete(_folder.Database);
        }

        await RepairAsync();

        Assert.Empty(Audit().Differences);
        await using (var store = _folder.Open())
        {
            await _folder.On(store).CommitAsync(halves, 0, 0, CancellationToken.None);
        }

        Assert.Empty(Audit().Differences);
        Assert.Equal((3, 3), (Audit().Counts.Rows, Audit().Counts.YTrue.Duplicates));
    }

    [Fact]
    public async Task Repair_DifferenceTooLargeForADouble_KeepsTheRow()
    {
        await using (var store = _folder.Open())
        {
            await _folder.On(store).CommitAsync([True(1, 1.7e308), Pred(1, -1.7e308)], 0, 0, CancellationToken.None);
        }

        Assert.EndsWith(",inf\n", _folder.Text("metric_log.csv"), StringComparison.Ordinal);
        Assert.Empty(Audit().Differences);
        await RepairAsync();
        Assert.Empty(Audit().Differences);
        Assert.Equal(1, Audit().Counts.Rows);
    }

    /// <summary>Writes 200 rows of one second, with different values.</summary>
    private async Task FillWithTimesAsync()
    {
        await using var store = _folder.Open();
        await _folder.On(store).CommitAsync(
            [.. Enumerable.Range(0, 200).SelectMany(i =>
            {
                var id = FormattableString.Invariant($"1730027639.{100000 + i}");
                return new[] { True(id, i + 0.5), Pred(id, (2 * i) + 0.25) };
            })],
            0, 0, CancellationToken.None);
    }

    private Task<SqliteStoreRepairReport> RepairAsync(SqliteJoinStoreOptions options) =>
        SqliteStoreRepair.RunAsync(options, _folder.In("former.db"), withoutArchived: false, LocalDisk.Instance, _folder.Log);

    private static string Text(params int[] ids) => SqliteFolder.Header + string.Concat(ids.Select(static id => $"{id}.5,1.0,3.0,2.0\n"));

    private async Task FillAsync()
    {
        await using var store = _folder.Open();
        await CommitAsync(store, 1);
        await CommitAsync(store, 2);
        await _folder.On(store).CommitAsync([True(3, 1)], 0, 0, CancellationToken.None);
    }

    private async Task CommitAsync(SqliteJoinStore store, int id) =>
        await _folder.On(store).CommitAsync([True(id, 1), Pred(id, 3)], 0, 0, CancellationToken.None);

    private Task<SqliteStoreRepairReport> RepairAsync(string kept = "former.db") =>
        SqliteStoreRepair.RunAsync(_folder.Options, _folder.In(kept), withoutArchived: false, LocalDisk.Instance, _folder.Log);

    private StoreAudit Audit() => SqliteStoreAudit.Run(_folder.Options, LocalDisk.Instance, CancellationToken.None);

    /// <summary>A file that its owner has open.</summary>
    private byte[] Shared(string name)
    {
        using var file = new FileStream(_folder.In(name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
