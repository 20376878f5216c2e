namespace Diabetes.Ledger.Postgres;

/// <summary>Escapes NUL, which PostgreSQL's text cannot hold, and backslashes; other ids stay as they are.</summary>
internal static class PostgresText
{
    public static string Escape(string text) => text.AsSpan().ContainsAny('\\', '\0')
        ? text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\0", "\\0", StringComparison.Ordinal)
        : text;

    public static string Unescape(string text)
    {
        if (!text.Contains('\\', StringComparison.Ordinal))
        {
            return text;
        }

        var chars = new List<char>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            chars.Add(text[i] != '\\' ? text[i] : text[++i] == '0' ? '\0' : '\\');
        }

        return new string([.. chars]);
    }
}
