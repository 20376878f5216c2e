using System.Text.Unicode;
using System.Text;

namespace Diabetes.Cli;

/// <summary>What came from outside, fit for a terminal: nothing in it moves the cursor or rings the bell.</summary>
internal static class Printable
{
    private const int Row = 16;

    /// <summary>One line.</summary>
    public static string Line(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '.' : c));

    /// <summary>Bytes as text where they are that, else sixteen a line in hex.</summary>
    public static string Body(ReadOnlySpan<byte> body)
    {
        if (Utf8.IsValid(body) && Encoding.UTF8.GetString(body) is var text && text.All(c => !char.IsControl(c) || c is '\n' or '\t'))
        {
            return text;
        }

        var hex = new StringBuilder();
        for (var at = 0; at < body.Length; at += Row)
        {
            var row = body[at..Math.Min(at + Row, body.Length)];
            hex.Append(at.ToString("x8", null)).Append("  ");
            for (var i = 0; i < Row; i++)
            {
                hex.Append(i < row.Length ? row[i].ToString("x2", null) : "  ").Append(' ');
            }

            hex.Append(' ');
            foreach (var one in row)
            {
                hex.Append(one is >= 0x20 and < 0x7f ? (char)one : '.');
            }

            hex.Append('\n');
        }

        return hex.ToString().TrimEnd('\n');
    }
}
