using System.Buffers;
using System.Globalization;
using System.Text;

namespace Diabetes.Ledger.Csv;

/// <summary>
/// Writes an id as a CSV field, and reads it back. It is quoted only where it must be, as Python's csv module does; and what a spreadsheet
/// would run as a formula gets an apostrophe in front. Numbers, UUIDs and plain names are never changed.
/// </summary>
internal static class CsvId
{
    private const byte Apostrophe = (byte)'\'';
    private const NumberStyles AsNumber = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
    private static readonly SearchValues<byte> MustQuote = SearchValues.Create("\"\r\n"u8);

    // The last four are full-width forms of the first four: some spreadsheets treat them alike.
    private static readonly SearchValues<char> BeginsFormula = SearchValues.Create("=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20");

    /// <summary>Appends the field's bytes.</summary>
    public static void Write(string id, byte delimiter, IBufferWriter<byte> output)
    {
        var raw = output.GetSpan(Encoding.UTF8.GetMaxByteCount(id.Length) + 1);
        var armed = IsFormula(id) ? 1 : 0;
        raw[0] = Apostrophe;
        var length = armed + Encoding.UTF8.GetBytes(id, raw[armed..]);
        if (!raw[..length].ContainsAny(MustQuote) && !raw[..length].Contains(delimiter))
        {
            output.Advance(length);
            return;
        }

        var quoted = $"\"{(armed == 1 ? "'" : "")}{id.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        Encoding.UTF8.GetBytes(quoted, output);
    }

    /// <summary>Reads the id from a field of the file.</summary>
    public static string Read(ReadOnlySpan<byte> field)
    {
        var text = Text(field);
        return text.Length > 0 && text[0] == Apostrophe && IsFormula(text.AsSpan(1)) ? text[1..] : text;
    }

    /// <summary>Reads a field without its quotes.</summary>
    public static string Text(ReadOnlySpan<byte> field) =>
        field is [(byte)'"', .., (byte)'"']
            ? Encoding.UTF8.GetString(field[1..^1]).Replace("\"\"", "\"", StringComparison.Ordinal)
            : Encoding.UTF8.GetString(field);

    /// <summary>
    /// Tells whether a spreadsheet would run it as a formula. Apostrophes in front do not count, so that reading undoes exactly what
    /// writing did.
    /// </summary>
    private static bool IsFormula(ReadOnlySpan<char> id) =>
        id.TrimStart('\'') is [var first, ..] && BeginsFormula.Contains(first)
            && !double.TryParse(id, AsNumber, CultureInfo.InvariantCulture, out _);
}
