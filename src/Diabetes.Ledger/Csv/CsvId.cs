using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Diabetes.Ledger.Csv;

/// <summary>
/// Writes an id as a CSV field, and reads it back. It is quoted where a reader needs it, whatever that reader's separator is; what a
/// spreadsheet would run as a formula gets an apostrophe in front, also behind a separator; and a NUL, which many readers cannot read, is
/// written as two characters. Numbers, UUIDs and plain names are never changed.
/// </summary>
internal static partial class CsvId
{
    private const byte Apostrophe = (byte)'\'';
    private const NumberStyles AsNumber = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    // Stands for a NUL if a 0 follows, and for itself if it follows itself.
    private const string NullSign = "\u2400";

    // Quoted or changed in some way; most ids have none of these.
    private static readonly SearchValues<char> Special = SearchValues.Create("\"\r\n,;|\t\0\u2400");

    // The last four are full-width forms of the first four: some spreadsheets treat them alike.
    private static readonly SearchValues<char> BeginsFormula = SearchValues.Create("=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20");

    /// <summary>Appends the field's bytes.</summary>
    public static void Write(string id, IBufferWriter<byte> output)
    {
        var text = IsFormula(id) ? "'" + id : id;
        if (text.AsSpan().ContainsAny(Special))
        {
            text = FormulaBehindSeparator().Replace(text, "'$1")
                .Replace(NullSign, NullSign + NullSign, StringComparison.Ordinal).Replace("\0", NullSign + "0", StringComparison.Ordinal)
                .Replace("\"", "\"\"", StringComparison.Ordinal);
            text = $"\"{text}\"";
        }

        Encoding.UTF8.GetBytes(text, output);
    }

    /// <summary>Reads the id from a field of the file.</summary>
    public static string Read(ReadOnlySpan<byte> field)
    {
        var text = Text(field);
        if (text.AsSpan().ContainsAny(Special))
        {
            text = WrittenNull().Replace(text, static sign => sign.ValueSpan[1] == '0' ? "\0" : NullSign);
            text = DisarmedBehindSeparator().Replace(text, "$1");
        }

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

    // What stands behind a separator of some reader: apostrophes, then what begins a formula.
    [GeneratedRegex(@"(?<=[,;|\t])('*(?=[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]))")]
    private static partial Regex FormulaBehindSeparator();

    [GeneratedRegex(@"(?<=[,;|\t])'('*(?=[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]))")]
    private static partial Regex DisarmedBehindSeparator();

    [GeneratedRegex("\u2400[0\u2400]")]
    private static partial Regex WrittenNull();
}
