using System.Globalization;
using System.Text;

namespace Diabetes.Hosting.Configuration.Hocon;

/// <summary>Cuts a document into tokens. It drops comments and keeps blanks, since they count in concatenations.</summary>
internal sealed class HoconTokenizer
{
    private const string Forbidden = "$\"{}[]:=,+#`^?!@*&\\";

    private readonly string _text;
    private readonly string _source;
    private readonly List<HoconToken> _tokens = [];
    private int _at;
    private int _line = 1;

    private HoconTokenizer(string text, string source) => (_text, _source) = (text, source);

    /// <exception cref="HoconException">A character has no meaning where it stands, or a string has no end.</exception>
    public static IReadOnlyList<HoconToken> Tokenize(string text, string source)
    {
        var tokenizer = new HoconTokenizer(text, source);
        while (tokenizer._at < text.Length)
        {
            tokenizer.Next();
        }

        tokenizer.Add(HoconTokenKind.End, "the end of the file");
        return tokenizer._tokens;
    }

    private char Peek(int ahead = 0) => _at + ahead < _text.Length ? _text[_at + ahead] : '\0';

    private bool StartsWith(string word) => string.CompareOrdinal(_text, _at, word, 0, word.Length) == 0;

    private void Add(HoconTokenKind kind, string text) => _tokens.Add(new HoconToken(kind, text, _line));

    private void Symbol(HoconTokenKind kind, string text)
    {
        Add(kind, text);
        _at += text.Length;
    }

    private HoconException Error(string problem) => new(new HoconOrigin(_source, _line), problem);

    private void Next()
    {
        switch (Peek())
        {
            case '\n':
                Symbol(HoconTokenKind.Newline, "\n");
                _line++;
                return;
            case '#' or '/' when Peek() == '#' || Peek(1) == '/':
                var end = _text.IndexOf('\n', _at);
                _at = end < 0 ? _text.Length : end;
                return;
            case ',': Symbol(HoconTokenKind.Comma, ","); return;
            case ':': Symbol(HoconTokenKind.Colon, ":"); return;
            case '=': Symbol(HoconTokenKind.Equals, "="); return;
            case '{': Symbol(HoconTokenKind.OpenBrace, "{"); return;
            case '}': Symbol(HoconTokenKind.CloseBrace, "}"); return;
            case '[': Symbol(HoconTokenKind.OpenBracket, "["); return;
            case ']': Symbol(HoconTokenKind.CloseBracket, "]"); return;
            case '+' when Peek(1) == '=': Symbol(HoconTokenKind.PlusEquals, "+="); return;
            case '$' when StartsWith("${?"): Symbol(HoconTokenKind.OptionalSubstitution, "${?"); return;
            case '$' when Peek(1) == '{': Symbol(HoconTokenKind.Substitution, "${"); return;
            case '"' when StartsWith("\"\"\""): TripleQuoted(); return;
            case '"': Quoted(); return;
            case var blank when IsBlank(blank): Whitespace(); return;
            default: Unquoted(); return;
        }
    }

    private static bool IsBlank(char c) => c is '\t' or '\v' or '\f' or '\r' or '\uFEFF' or (>= '\u001C' and <= '\u001F')
        || char.GetUnicodeCategory(c)
            is UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private void Whitespace()
    {
        var start = _at;
        while (_at < _text.Length && IsBlank(Peek()))
        {
            _at++;
        }

        Add(HoconTokenKind.Whitespace, _text[start.._at]);
    }

    // A number at the front may hold a plus sign (1e+5), which the rest of an unquoted text may not.
    private void Unquoted()
    {
        var start = _at;
        _at += HoconNumber.LengthAt(_text, _at);
        while (_at < _text.Length && Peek() is var c && c != '\n' && !Forbidden.Contains(c) && !IsBlank(c) && !(c == '/' && Peek(1) == '/'))
        {
            _at++;
        }

        if (_at == start)
        {
            throw Error($"'{Peek()}' may not stand outside quotes; put the text in double quotes");
        }

        Add(HoconTokenKind.Unquoted, _text[start.._at]);
    }

    private void Quoted()
    {
        var text = new StringBuilder();
        for (_at++; Peek() != '"'; _at++)
        {
            if (_at >= _text.Length || Peek() < ' ')
            {
                throw Error("a string in double quotes does not end on its line; close it, or use three quotes for several lines");
            }

            text.Append(Peek() == '\\' ? Escaped() : Peek());
        }

        _at++;
        Add(HoconTokenKind.Quoted, text.ToString());
    }

    private char Escaped()
    {
        _at++;
        switch (Peek())
        {
            case '"' or '\\' or '/': return Peek();
            case 'b': return '\b';
            case 'f': return '\f';
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case 'u' when _at + 4 < _text.Length
                          && ushort.TryParse(
                               _text.AsSpan(_at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code):
                _at += 4;
                return (char)code;
            default:
                throw Error("a backslash in a string is followed by one of \" \\ / b f n r t, or u and four hexadecimal digits");
        }
    }

    // The last three of a run of quotes close the string; those before them belong to it.
    private void TripleQuoted()
    {
        var start = _at + 3;
        var end = start <= _text.Length ? _text.IndexOf("\"\"\"", start, StringComparison.Ordinal) : -1;
        if (end < 0)
        {
            throw Error("a string in three quotes is not closed");
        }

        while (end + 3 < _text.Length && _text[end + 3] == '"')
        {
            end++;
        }

        var text = _text[start..end];
        Add(HoconTokenKind.Quoted, text);
        _line += text.AsSpan().Count('\n');
        _at = end + 3;
    }
}
