namespace Diabetes.Nodes.Tests.RepoShape;

/// <summary>
/// Blanks comments and quotes out of C#, so that a search finds code alone. Knows what the house writes: line and block comments,
/// characters, plain, verbatim, raw and interpolated strings; the code within an interpolation is blanked too.
/// </summary>
internal static class CSharpText
{
    public static string Blank(string code)
    {
        var result = code.ToCharArray();
        var at = 0;
        while (at < code.Length)
        {
            var end = End(code, at);
            for (var i = at; i < end; i++)
            {
                result[i] = code[i] == '\n' ? '\n' : ' ';
            }

            at = Math.Max(end, at + 1);
        }

        return new string(result);
    }

    /// <returns>Where the comment or quote that starts here ends; <paramref name="at"/> if none does.</returns>
    private static int End(string code, int at)
    {
        if (Is(code, at, "//"))
        {
            return Find(code, at, "\n");
        }

        if (Is(code, at, "/*"))
        {
            return Math.Min(Find(code, at + 2, "*/") + 2, code.Length);
        }

        if (code[at] == '\'')
        {
            return Quoted(code, at + 1, '\'');
        }

        var quote = at;
        while (quote < code.Length && code[quote] is '$' or '@')
        {
            quote++;
        }

        if (quote >= code.Length || code[quote] != '"')
        {
            return at;
        }

        var marks = code[at..quote];
        var quotes = Run(code, quote);
        return quotes >= 3 ? Raw(code, quote + quotes, quotes)
            : marks.Contains('$') ? Interpolated(code, quote + 1, marks.Contains('@'))
            : marks.Contains('@') ? Verbatim(code, quote + 1)
            : Quoted(code, quote + 1, '"');
    }

    private static int Quoted(string code, int at, char quote)
    {
        while (at < code.Length && code[at] != quote)
        {
            at += code[at] == '\\' ? 2 : 1;
        }

        return Math.Min(at + 1, code.Length);
    }

    private static int Verbatim(string code, int at)
    {
        while (at < code.Length && (code[at] != '"' || Is(code, at, "\"\"")))
        {
            at += code[at] == '"' ? 2 : 1;
        }

        return Math.Min(at + 1, code.Length);
    }

    private static int Raw(string code, int at, int quotes)
    {
        at = Find(code, at, new string('"', quotes));
        return Math.Min(at + Run(code, at), code.Length);
    }

    private static int Interpolated(string code, int at, bool verbatim)
    {
        var holes = 0;
        while (at < code.Length)
        {
            var end = holes > 0 ? End(code, at) : at;
            if (end > at)
            {
                at = end;
            }
            else if (holes == 0 && (Is(code, at, "{{") || Is(code, at, "}}") || (code[at] == '\\' && !verbatim) || (verbatim && Is(code, at, "\"\""))))
            {
                at += 2;
            }
            else if (holes == 0 && code[at] == '"')
            {
                return at + 1;
            }
            else
            {
                holes += code[at] switch { '{' => 1, '}' => -1, _ => 0 };
                at++;
            }
        }

        return code.Length;
    }

    private static bool Is(string code, int at, string word) => string.CompareOrdinal(code, at, word, 0, word.Length) == 0;

    private static int Find(string code, int at, string word) => code.IndexOf(word, Math.Min(at, code.Length), StringComparison.Ordinal) is >= 0 and var found
        ? found
        : code.Length;

    private static int Run(string code, int at)
    {
        var end = at;
        while (end < code.Length && code[end] == '"')
        {
            end++;
        }

        return end - at;
    }
}
