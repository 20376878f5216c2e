using System.Globalization;
using System.Text;

namespace Diabetes.Hosting;

/// <summary>
/// Makes text that came from outside safe to print: a name or an id could otherwise move the cursor, turn the direction of a line, or begin
/// a line that looks like one of ours.
/// </summary>
public static class Printable
{
    /// <summary>
    /// Replaces by a dot what shows no character of its own: control characters (escape, C1, line ends), bidi and other format characters,
    /// line separators. A tab stays.
    /// </summary>
    public static string Line(string text) => text.AsSpan().ContainsAnyExceptInRange(' ', '~') ? Escaped(text) : text;

    /// <summary>Tells whether characters of this category show nothing by themselves.</summary>
    internal static bool IsHidden(UnicodeCategory category) => category is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static string Escaped(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            line.Append(rune.Value != '\t' && IsHidden(Rune.GetUnicodeCategory(rune)) ? "." : rune.ToString());
        }

        return line.ToString();
    }
}
