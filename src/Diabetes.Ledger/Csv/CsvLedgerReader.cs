using Microsoft.Win32.SafeHandles;

namespace Diabetes.Ledger.Csv;

/// <summary>
/// Follows a CSV ledger, this system's or another's: column names in their known variants or none at all, comma, semicolon, tab or bar,
/// with or without byte order mark, LF or CRLF. Positions are bytes of all segments put end to end, the active file last, so a rotation
/// moves none. Remembers how the active file begins, to notice when another file takes its name. One call at a time.
/// </summary>
public sealed class CsvLedgerReader(string path) : ILedgerReader
{
    // Also the longest record: a longer one has a quote that is never closed.
    private const int Chunk = 64 * 1024;
    private const int Remembered = 256;

    private readonly ClosedSegments _closed = new(path);
    private byte[] _beginning = [];
    private CsvLayout? _layout;

    /// <inheritdoc/>
    public ValueTask<LedgerPage> ReadFromAsync(long position, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        return new ValueTask<LedgerPage>(Task.Run(() => Read(position, limit, cancellationToken), cancellationToken));
    }

    private LedgerPage Read(long position, int limit, CancellationToken cancellationToken)
    {
        var buffer = new byte[Chunk];
        var goesOn = TryOpenActive(buffer, out var active);
        using (active)
        {
            goesOn = goesOn && IsBoundary(active, position);
            if (goesOn)
            {
                return Read(active, new CsvPage(limit), buffer, position, cancellationToken);
            }
        }

        Forget();
        _closed.Forget();
        var page = Read(0, limit, cancellationToken);
        return page.State == LedgerState.Following && position > 0 ? page with { State = LedgerState.Restarted } : page;
    }

    private LedgerPage Read(SafeFileHandle? active, CsvPage page, byte[] buffer, long position, CancellationToken cancellationToken)
    {
        foreach (var segment in _closed.From(position))
        {
            position = ReadClosed(segment, page, buffer, Math.Max(position, segment.Start), cancellationToken);
            if (page.IsFull)
            {
                return new LedgerPage(page.Rows, position, LedgerState.Following, page.Unreadable);
            }
        }

        if (active is null)
        {
            return new LedgerPage(page.Rows, position, _closed.Length > 0 ? LedgerState.Following : LedgerState.Missing, page.Unreadable);
        }

        var head = buffer.AsSpan(0, RandomAccess.Read(active, buffer, 0));
        _layout ??= CsvLayout.Read(head, path);
        if (_layout is not null)
        {
            _beginning = head[..Math.Min(head.Length, Remembered)].ToArray();
            var from = Math.Max(position - _closed.Length, _layout.Start);
            page.Read(_layout, (at, into) => RandomAccess.Read(active, into, at), buffer, from, cancellationToken);
            position = _closed.Length + page.Next;
        }

        return new LedgerPage(page.Rows, position, LedgerState.Following, page.Unreadable);
    }

    /// <returns>Position for the next read: the segment's end if the page has room left. An archived segment is skipped.</returns>
    private static long ReadClosed(CsvSegment segment, CsvPage page, byte[] buffer, long position, CancellationToken cancellationToken)
    {
        using var file = TryOpen(segment.Path);
        if (file is null || CsvLayout.Read(buffer.AsSpan(0, RandomAccess.Read(file, buffer, 0)), segment.Path) is not { } layout)
        {
            return segment.End;
        }

        page.Read(layout, ReadAt, buffer, Math.Max(position - segment.Start, layout.Start), cancellationToken);
        if (page.IsFull)
        {
            return segment.Start + page.Next;
        }

        page.GiveUp(segment.Length);
        return segment.End;

        int ReadAt(long at, Span<byte> into) => RandomAccess.Read(file, into[..(int)Math.Clamp(segment.Length - at, 0, into.Length)], at);
    }

    /// <summary>
    /// Opens the active file, then lists the closed segments. If none is new, the open file comes behind the known ones, even if it is
    /// closed a moment later. If one is new, the file is opened again.
    /// </summary>
    /// <returns>False if the ledger was replaced.</returns>
    private bool TryOpenActive(byte[] buffer, out SafeFileHandle? active)
    {
        for (active = TryOpen(path); _closed.FindNew() is { } closed; active = TryOpen(path))
        {
            active?.Dispose();
            using var former = TryOpen(closed.Path);
            if (former is not null && !IsTheSame(former, buffer))
            {
                active = null;
                return false;
            }

            Forget();
        }

        if (active is null)
        {
            Forget();
        }

        return active is null || IsTheSame(active, buffer);
    }

    private void Forget() => (_beginning, _layout) = ([], null);

    private static SafeFileHandle? TryOpen(string path)
    {
        try
        {
            return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Tells whether the file begins as the active one did at the last read; it may have grown since.</summary>
    private bool IsTheSame(SafeFileHandle file, byte[] buffer) =>
        _beginning.Length == 0 || buffer.AsSpan(0, RandomAccess.Read(file, buffer.AsSpan(0, Remembered), 0)).StartsWith(_beginning);

    /// <summary>Tells whether a row can begin here.</summary>
    private bool IsBoundary(SafeFileHandle? active, long position)
    {
        foreach (var segment in _closed.From(position).Take(1))
        {
            using var file = TryOpen(segment.Path);
            return file is null || IsBoundaryIn(file, position - segment.Start);
        }

        return position == _closed.Length || (active is not null && IsBoundaryIn(active, position - _closed.Length));
    }

    private static bool IsBoundaryIn(SafeFileHandle file, long position)
    {
        Span<byte> before = stackalloc byte[1];
        return position == 0 || (RandomAccess.Read(file, before, position - 1) == 1 && before[0] == '\n');
    }
}
