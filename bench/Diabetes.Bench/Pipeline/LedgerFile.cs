using System.Globalization;

namespace Diabetes.Bench.Pipeline;

/// <summary>Follows the ledger of a run.</summary>
internal sealed class LedgerFile(string folder)
{
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan SafetyNet = TimeSpan.FromMinutes(5);
    private readonly string _path = Path.Combine(folder, "metric_log.csv");
    private readonly byte[] _buffer = new byte[1 << 20];
    private long _position;
    private int _kept;

    /// <summary>Rows seen so far.</summary>
    public int Rows { get; private set; }

    /// <summary>
    /// Holds, for each row, the milliseconds from the time in its id until it was seen here. The file is read at most every 5 ms.
    /// </summary>
    public List<double> Delays { get; } = [];

    /// <summary>Waits until it has so many rows.</summary>
    /// <param name="rows">How many.</param>
    /// <param name="writer">Completes when nobody writes any more.</param>
    /// <param name="timed">Whether to keep <see cref="Delays"/>.</param>
    /// <exception cref="InvalidOperationException">The writer ended with fewer.</exception>
    public async Task UntilAsync(int rows, Task writer, bool timed = false)
    {
        using var limit = new CancellationTokenSource(SafetyNet);
        using var timer = new PeriodicTimer(Often);
        while (Rows < rows)
        {
            await timer.WaitForNextTickAsync(limit.Token);
            var isLast = writer.IsCompleted;
            Look(timed);
            if (isLast && Rows < rows)
            {
                throw new InvalidOperationException($"The nodes ended after {Rows} rows of {rows}.");
            }
        }
    }

    private void Look(bool timed)
    {
        if (!File.Exists(_path))
        {
            return;
        }

        using var file = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        file.Position = _position;
        for (int read; (read = file.Read(_buffer, _kept, _buffer.Length - _kept)) > 0;)
        {
            var now = (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalMilliseconds;
            _position += read;
            ReadOnlySpan<byte> rest = _buffer.AsSpan(0, _kept + read);
            for (int end; (end = rest.IndexOf((byte)'\n')) >= 0; rest = rest[(end + 1)..])
            {
                Read(rest[..end], timed ? now : null);
            }

            _kept = rest.Length;
            rest.CopyTo(_buffer);
        }
    }

    private void Read(ReadOnlySpan<byte> line, double? now)
    {
        // The header begins with a letter.
        if (line is [>= (byte)'0' and <= (byte)'9', ..])
        {
            Rows++;
            if (now is { } seen)
            {
                Delays.Add(seen - (1000 * double.Parse(line[..line.IndexOf((byte)',')], CultureInfo.InvariantCulture)));
            }
        }
    }
}
