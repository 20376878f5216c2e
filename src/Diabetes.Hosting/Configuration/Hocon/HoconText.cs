using System.Globalization;
using System.Text;

namespace Diabetes.Hosting.Configuration.Hocon;

/// <summary>
/// Writes a resolved document so that every parser of HOCON reads it alike: one field on each line, quotes around every key and value, and
/// no substitution or concatenation. Parsers, Akka's among them, differ in the rest of the language.
/// </summary>
internal sealed class HoconText
{
    private readonly StringBuilder _text = new();
    private readonly Func<string, string> _shown;

    private HoconText(Func<string, string> shown) => _shown = shown;

    /// <summary>Writes the fields of an object, without its braces.</summary>
    /// <param name="document">Contains only objects, arrays and literals.</param>
    /// <param name="shown">What to write for a value; null writes the value.</param>
    public static string Of(HoconObject document, Func<string, string>? shown = null)
    {
        var text = new HoconText(shown ?? (static value => value));
        text.Fields(document);
        return text._text.ToString();
    }

    private void Fields(HoconObject section)
    {
        foreach (var key in section.Fields.Keys)
        {
            Quoted(key);
            _text.Append(" = ");
            Value(section[key]!);
            _text.Append('\n');
        }
    }

    private void Value(HoconNode value)
    {
        switch (value)
        {
            case HoconObject section:
                _text.Append("{\n");
                Fields(section);
                _text.Append('}');
                break;
            case HoconArray array:
                _text.Append('[');
                foreach (var item in array.Items)
                {
                    Value(item);
                    _text.Append(",\n");
                }

                _text.Append(']');
                break;
            case HoconLiteral { Kind: HoconLiteralKind.Null }:
                _text.Append("null");
                break;
            case HoconLiteral literal:
                Quoted(_shown(literal.Text));
                break;
        }
    }

    private void Quoted(string value)
    {
        _text.Append('"');
        foreach (var c in value)
        {
            if (c is '"' or '\\')
            {
                _text.Append('\\').Append(c);
            }
            else if (char.IsControl(c))
            {
                _text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            }
            else
            {
                _text.Append(c);
            }
        }

        _text.Append('"');
    }
}
