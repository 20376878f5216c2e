using System.Text;

namespace Diabetes.Streams.Tests;

public sealed class CsvLedgerFaultTests : LedgerTestBase
{
    private readonly MemoryDisk _disk = new();

    private string Seen => Encoding.UTF8.GetString(_disk.Bytes(LedgerPath));

    [Fact]
    public async Task Append_Batch_IsOneWriteAndOneSync()
    {
        await using var ledger = OpenOn(_disk);
        Assert.Equal(["folder logs", "open metric_log.csv", "truncate metric_log.csv", "write metric_log.csv", "sync metric_log.csv", "sync-folder logs"], _disk.Calls);
        _disk.Calls.Clear();

        await ledger.AppendAsync(Rows(0, 500), None);

        Assert.Equal(["write metric_log.csv", "sync metric_log.csv"], _disk.Calls);
    }

    [Theory]
    [InlineData("write", 0)]
    [InlineData("write", 0.3)]
    [InlineData("write", 1)]
    [InlineData("sync", 0)]
    public async Task Append_DiskFails_NoneOfTheBatchIsThereAndTheNextTryBringsItWhole(string call, double torn)
    {
        await using var ledger = OpenOn(_disk);
        await ledger.AppendAsync(Rows(0, 2), None);
        _disk.TornAt = torn;
        _disk.Fails = (_, name) => name == call;

        await Assert.ThrowsAsync<IOException>(async () => await ledger.AppendAsync(Rows(2, 3), None));

        Assert.Equal(Header + Lines(0, 2), Seen);
        Assert.Equal(2, ledger.Count);
        Assert.Equal(1, Log.Count(1023));
        _disk.Fails = static (_, _) => false;
        await ledger.AppendAsync(Rows(2, 3), None);
        Assert.Equal(Header + Lines(0, 5), Seen);
        Assert.Equal(5, ledger.Count);
    }

    [Fact]
    public async Task Append_DiskFailsAndCannotBeCut_IsCutBeforeAnythingElseIsWritten()
    {
        await using var ledger = OpenOn(_disk);
        _disk.TornAt = 0.5;
        _disk.Fails = static (_, call) => call is "write" or "truncate";
        await Assert.ThrowsAsync<IOException>(async () => await ledger.AppendAsync(Rows(0, 3), None));
        Assert.NotEqual(Header, Seen);
        Assert.Equal(1, Log.Count(1024));

        await Assert.ThrowsAsync<IOException>(async () => await ledger.AppendAsync(Rows(0, 3), None));
        _disk.Fails = static (_, _) => false;
        await ledger.AppendAsync(Rows(0, 3), None);

        Assert.Equal(Header + Lines(0, 3), Seen);
    }

    [Fact]
    public async Task Open_DiskFails_SaysSoAndLeavesNoLock()
    {
        for (var step = 1; step <= 6; step++)
        {
            var disk = new MemoryDisk();
            disk.Fails = (call, _) => call == step;
            Assert.Throws<IOException>(() => OpenOn(disk));

            disk.Fails = static (_, _) => false;
            await OpenOn(disk).DisposeAsync();
            Assert.Equal(Header, Encoding.UTF8.GetString(disk.Bytes(LedgerPath)));
        }
    }

    /// <summary>
    /// The power goes at each call in turn, with none, some or all of what was not synced surviving. Whatever was acknowledged is there after the
    /// next start, in order and once; what was not is there whole rows or not at all.
    /// </summary>
    [Fact]
    public async Task Ledger_PowerGoesAtAnyCall_KeepsWhatItAcknowledged()
    {
        var crashes = 0;
        for (var step = 1; ; step++)
        {
            foreach (var survives in (double[])[0, 0.1, 0.5, 0.9, 1])
            {
                var disk = new MemoryDisk { TornAt = survives };
                disk.Put(LedgerPath, Encoding.UTF8.GetBytes(Header + Lines(0, 3) + "torn"));
                disk.Fails = (call, _) => call >= step;
                var acknowledged = 3 + await AppendUntilTheEndAsync(disk);
                if (disk.Calls.Count < step)
                {
                    Assert.InRange(crashes, 40, int.MaxValue);
                    return;
                }

                crashes++;
                var after = disk.AfterPowerCut(survives);
                await using var ledger = OpenOn(after);
                var rows = (int)ledger.Count;
                Assert.InRange(rows, acknowledged, 9);
                Assert.Equal(Header + Lines(0, rows), Encoding.UTF8.GetString(after.Bytes(LedgerPath)));
            }
        }
    }

    private async Task<int> AppendUntilTheEndAsync(MemoryDisk disk)
    {
        var acknowledged = 0;
        try
        {
            await using var ledger = OpenOn(disk);
            foreach (var batch in (int[])[1, 3, 2])
            {
                await ledger.AppendAsync(Rows(3 + acknowledged, batch), None);
                acknowledged += batch;
            }
        }
        catch (IOException)
        {
            // The process dies here.
        }

        return acknowledged;
    }

    private CsvLedger OpenOn(MemoryDisk disk) => CsvLedger.Open(Options, disk, Log);
}
