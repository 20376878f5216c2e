using System.Text;

namespace Diabetes.Hosting.Configuration.Hocon;

/// <summary>Reads a path expression: texts joined as in a value, where dots outside quotes separate the keys.</summary>
internal static class HoconPathReader
{
    /// <summary>Reads up to the first token that cannot be part of a path. Blanks around it are dropped, those within it kept.</summary>
    public static HoconPath Read(HoconCursor cursor, string expected)
    {
        cursor.SkipBlanks();
        if (cursor.Kind is not (HoconTokenKind.Unquoted or HoconTokenKind.Quoted))
        {
            throw cursor.Unexpected(expected);
        }

        var keys = new List<string>();
        var key = new StringBuilder();
        var blanks = "";
        var quoted = false;
        while (cursor.Kind is HoconTokenKind.Unquoted or HoconTokenKind.Quoted or HoconTokenKind.Whitespace)
        {
            var token = cursor.Take();
            if (token.Kind == HoconTokenKind.Whitespace)
            {
                blanks = token.Text;
                continue;
            }

            key.Append(blanks);
            blanks = "";
            if (token.Kind == HoconTokenKind.Quoted)
            {
                key.Append(token.Text);
                quoted = true;
                continue;
            }

            var pieces = token.Text.Split('.');
            for (var i = 0; i < pieces.Length; i++)
            {
                if (i > 0)
                {
                    EndKey();
                }

                key.Append(pieces[i]);
            }
        }

        EndKey();
        return new HoconPath(keys);

        void EndKey()
        {
            if (key.Length == 0 && !quoted)
            {
                throw cursor.Error("a path has an empty key: remove a dot, or write the empty key as \"\"");
            }

            keys.Add(key.ToString());
            key.Clear();
            quoted = false;
        }
    }

    /// <summary>Reads a whole text as a path.</summary>
    /// <exception cref="HoconException">The text is not a path.</exception>
    public static HoconPath Read(string text, string source)
    {
        var cursor = new HoconCursor(HoconTokenizer.Tokenize(text, source), source);
        var path = Read(cursor, "a key");
        return cursor.Kind == HoconTokenKind.End ? path : throw cursor.Unexpected("the key's end");
    }
}
