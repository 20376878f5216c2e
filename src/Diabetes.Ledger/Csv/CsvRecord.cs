namespace Diabetes.Ledger.Csv;

/// <summary>
/// Finds records and fields in CSV bytes (RFC 4180): a quote counts only where it begins a field, line ends are LF or CRLF, and
/// a quoted field may hold delimiters and line ends.
/// </summary>
internal static class CsvRecord
{
    private const byte Quote = (byte)'"';

    /// <summary>Finds the length of the first record with its line end; -1 if it is incomplete.</summary>
    public static int End(ReadOnlySpan<byte> bytes, byte delimiter)
    {
        for (var at = 0; ;)
        {
            var hit = bytes[at..].IndexOfAny((byte)'\n', Quote);
            if (hit < 0)
            {
                return -1;
            }

            at += hit;
            if (bytes[at] == '\n')
            {
                return at + 1;
            }

            at = at == 0 || bytes[at - 1] == delimiter ? AfterQuoted(bytes, at) : at + 1;
        }
    }

    /// <summary>Splits a record without its line end into fields; quotes are kept.</summary>
    /// <returns>How many fields the record has, which may be more than fit into <paramref name="fields"/>.</returns>
    public static int Split(ReadOnlySpan<byte> record, byte delimiter, Span<Range> fields)
    {
        var count = 0;
        for (var start = 0; start <= record.Length; count++)
        {
            var from = start < record.Length && record[start] == Quote ? AfterQuoted(record, start) : start;
            var length = record[from..].IndexOf(delimiter);
            var end = length < 0 ? record.Length : from + length;
            if (count < fields.Length)
            {
                fields[count] = start..end;
            }

            start = end + 1;
        }

        return count;
    }

    /// <summary>Cuts the line end off.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> record) => record.TrimEnd("\r\n"u8);

    private static int AfterQuoted(ReadOnlySpan<byte> bytes, int opening)
    {
        for (var at = opening + 1; ;)
        {
            var close = bytes[at..].IndexOf(Quote);
            if (close < 0)
            {
                return bytes.Length;
            }

            at += close + 1;
            if (at == bytes.Length || bytes[at] != Quote)
            {
                return at;
            }

            at++;
        }
    }
}
