using System.Globalization;
using Diabetes.Domain;
using Diabetes.Streams;
using Microsoft.Extensions.Logging.Abstractions;

namespace Diabetes.Bench.Streams;

/// <summary>The CSV ledger against writing the same bytes, formatted beforehand, with an fsync at the same places.</summary>
internal sealed class LedgerCommit : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ledger-bench-").FullName;
    private readonly LedgerRow[] _rows;
    private readonly byte[] _lines;
    private readonly FileStream _raw;
    private readonly CsvLedger _ledger;

    public LedgerCommit(int batch)
    {
        _rows = [.. Enumerable.Range(0, batch).Select(i => new LedgerRow(
            (1730027639.447099 + (i / 1000.0)).ToString("R", CultureInfo.InvariantCulture), 151, 206.11667725 + i, 55.11667725 + i))];
        _ledger = CsvLedger.Open(new CsvLedgerOptions(LedgerPath, PythonFloat.Format), LocalDisk.Instance, NullLogger.Instance);
        var header = new FileInfo(LedgerPath).Length;
        _ledger.AppendAsync(_rows, CancellationToken.None).AsTask().Wait();
        _lines = File.ReadAllBytes(LedgerPath)[(int)header..];
        _raw = new FileStream(Path.Combine(_folder, "raw.csv"), FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
    }

    private string LedgerPath => Path.Combine(_folder, "metric_log.csv");

    public Task RawAsync(int batches) => Task.Run(() =>
    {
        for (var i = 0; i < batches; i++)
        {
            _raw.Write(_lines);
            _raw.Flush(flushToDisk: true);
        }
    });

    public async Task OursAsync(int batches)
    {
        for (var i = 0; i < batches; i++)
        {
            await _ledger.AppendAsync(_rows, CancellationToken.None);
        }
    }

    /// <summary>Seconds to open a ledger of so many rows again, and to read all of it.</summary>
    public async Task<(double Open, double Read)> AgainAsync(int rows)
    {
        await OursAsync((int)((rows - _ledger.Count + _rows.Length - 1) / _rows.Length));
        await _ledger.DisposeAsync();
        var start = TimeProvider.System.GetTimestamp();
        await using var again = CsvLedger.Open(new CsvLedgerOptions(LedgerPath, PythonFloat.Format), LocalDisk.Instance, NullLogger.Instance);
        var open = TimeProvider.System.GetElapsedTime(start).TotalSeconds;

        start = TimeProvider.System.GetTimestamp();
        var (reader, position, read) = (new CsvLedgerReader(LedgerPath), 0L, 0L);
        for (LedgerPage page; (page = await reader.ReadFromAsync(position, 10_000, CancellationToken.None)).Rows.Count > 0; position = page.Next)
        {
            read += page.Rows.Count;
        }

        return read == again.Count ? (open, TimeProvider.System.GetElapsedTime(start).TotalSeconds) : throw new InvalidOperationException($"{read} rows of {again.Count} read.");
    }

    public async ValueTask DisposeAsync()
    {
        await _raw.DisposeAsync();
        await _ledger.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
