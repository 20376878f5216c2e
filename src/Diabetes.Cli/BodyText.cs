using System.Text;
using System.Text.Unicode;
using Diabetes.Hosting;

namespace Diabetes.Cli;

/// <summary>Shows the bytes of a message on a terminal.</summary>
internal static class BodyText
{
    private const int Row = 16;

    /// <summary>Shows bytes as text if they are printable UTF-8, otherwise in hex, sixteen bytes a line.</summary>
    public static string Of(ReadOnlySpan<byte> body)
    {
        if (Utf8.IsValid(body) && Encoding.UTF8.GetString(body) is var text && text.Split('\n').All(line => Printable.Line(line) == line))
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
