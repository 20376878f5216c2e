using System.Text;

namespace Diabetes.Hosting.Configuration.Hocon;

/// <summary>An include statement: <c>include "x"</c>, <c>file("x")</c> or <c>required(..)</c> around either.</summary>
/// <param name="Name">The file's name as written.</param>
/// <param name="Required">Whether its absence is an error.</param>
internal sealed record HoconInclude(string Name, bool Required)
{
    /// <summary>Reads the statement under the cursor, the word <c>include</c> first.</summary>
    public static HoconInclude Read(HoconCursor cursor)
    {
        cursor.Take();
        var call = new StringBuilder();
        cursor.SkipBlanksAndNewlines();
        while (cursor.Kind == HoconTokenKind.Unquoted)
        {
            call.Append(cursor.Take().Text);
            cursor.SkipBlanksAndNewlines();
        }

        var required = call.ToString() switch
        {
            "" or "file(" => false,
            "required(" or "required(file(" => true,
            var other when other.Contains("url(") || other.Contains("classpath(") =>
                throw cursor.Error($"an include reads files only, not {other.Replace("required(", "")}..)"),
            _ => throw Malformed(cursor),
        };
        if (cursor.Kind != HoconTokenKind.Quoted)
        {
            throw Malformed(cursor);
        }

        var name = cursor.Take().Text;
        Close(cursor, call.ToString().Count('('));
        return new HoconInclude(name, required);
    }

    private static void Close(HoconCursor cursor, int open)
    {
        while (open > 0)
        {
            cursor.SkipBlanksAndNewlines();
            var closing = cursor.Kind == HoconTokenKind.Unquoted ? cursor.Take().Text : "";
            open -= closing.Length;
            if (open < 0 || closing.Length == 0 || closing.Trim(')').Length > 0)
            {
                throw Malformed(cursor);
            }
        }
    }

    private static HoconException Malformed(HoconCursor cursor) =>
        cursor.Error("an include is written include \"name\", include file(\"name\") or include required(file(\"name\")); "
            + "put a key of that name in quotes");
}
