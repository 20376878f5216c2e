using Microsoft.Win32.SafeHandles;

namespace Diabetes.Streams;

/// <summary>
/// Follows a CSV ledger, this system's or another's: column names in their known variants or none at all, comma, semicolon, tab or bar, with or
/// without byte order mark, LF or CRLF. Positions are bytes. Remembers how the file begins, so that another file of the same name is
/// noticed. One call at a time.
/// </summary>
public sealed class CsvLedgerReader(string path) : ILedgerReader
{
    // Also the longest record: a longer one is a quote that is never closed.
    private const int Chunk = 64 * 1024;
    private const int Remembered = 256;

    private byte[] _beginning = [];
    private CsvLayout? _layout;

    public ValueTask<LedgerPage> ReadFromAsync(long position, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        return new ValueTask<LedgerPage>(Task.Run(() => Read(position, limit, cancellationToken), cancellationToken));
    }

    private LedgerPage Read(long position, int limit, CancellationToken cancellationToken)
    {
        using var file = TryOpen();
        if (file is null)
        {
            return new LedgerPage([], 0, LedgerState.Missing, 0);
        }

        var buffer = new byte[Chunk];
        var head = buffer.AsSpan(0, RandomAccess.Read(file, buffer, 0));
        var state = LedgerState.Following;
        if (!IsTheSame(head) || !IsBoundary(file, position))
        {
            _layout = null;
            _beginning = [];
            state = position > 0 ? LedgerState.Restarted : LedgerState.Following;
            position = 0;
        }

        _layout ??= CsvLayout.Read(head, path);
        if (_layout is null)
        {
            return new LedgerPage([], 0, state, 0);
        }

        _beginning = head[..Math.Min(head.Length, Remembered)].ToArray();
        var page = new CsvPage(_layout, limit);
        page.Read((at, into) => RandomAccess.Read(file, into, at), buffer, Math.Max(position, _layout.Start), cancellationToken);
        return new LedgerPage(page.Rows, page.Next, state, page.Unreadable);
    }

    private SafeFileHandle? TryOpen()
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

    /// <summary>Whether the file begins as it did when it was read last; it may have grown since.</summary>
    private bool IsTheSame(ReadOnlySpan<byte> head) => head.StartsWith(_beginning);

    /// <summary>Whether a row can begin here.</summary>
    private static bool IsBoundary(SafeFileHandle file, long position)
    {
        Span<byte> before = stackalloc byte[1];
        return position == 0 || (RandomAccess.Read(file, before, position - 1) == 1 && before[0] == '\n');
    }
}
