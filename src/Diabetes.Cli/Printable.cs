using System.Text;
using System.Text.Unicode;

namespace Diabetes.Cli;

/// <summary>Makes text of messages safe for a terminal: replaces control characters, which could move the cursor, by dots.</summary>
internal static class Printable
{
    private const int Row = 16;

    /// <summary>Replaces each control character by a dot, so that the text stays on one line.</summary>
    public static string Line(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '.' : c));

    /// <summary>Shows bytes as text if they are printable UTF-8, otherwise in hex, sixteen bytes a line.</summary>
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
