namespace Diabetes.Hosting.Configuration;

/// <summary>Shows a value in a message: in quotes, on one line, its first 200 characters.</summary>
internal static class Quote
{
    private const int Longest = 200;

    public static string Of(string text) => $"\"{string.Concat(text.Take(Longest).Select(Shown))}{(text.Length > Longest ? ".." : "")}\"";

    /// <summary>Shows a text without quotes on one line, whole.</summary>
    public static string InALine(string text) => text.Any(IsHidden) ? string.Concat(text.Select(Shown)) : text;

    private static bool IsHidden(char c) => Printable.IsHidden(char.GetUnicodeCategory(c));

    private static string Shown(char c) => c switch
    {
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        _ when IsHidden(c) => $"\\u{(int)c:x4}",
        _ => c.ToString(),
    };
}
