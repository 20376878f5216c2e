namespace Diabetes.Hosting.Configuration.Hocon;

/// <summary>
/// Makes a tree of a document's tokens, one method for each rule of the grammar. Reads includes while it parses; substitutions stay in the
/// tree for <see cref="HoconResolver"/>.
/// </summary>
internal sealed class HoconParser
{
    private readonly HoconCursor _cursor;
    private readonly HoconIncluder _includer;

    private HoconParser(HoconCursor cursor, HoconIncluder includer) => (_cursor, _includer) = (cursor, includer);

    /// <param name="text">The document.</param>
    /// <param name="source">Its name in messages.</param>
    /// <param name="includer">Reads the files that it includes.</param>
    /// <param name="scope">Where it stands in the whole.</param>
    /// <returns>An object or an array.</returns>
    /// <exception cref="HoconException">The text is not HOCON.</exception>
    public static HoconNode Parse(string text, string source, HoconIncluder includer, HoconScope scope)
    {
        var cursor = new HoconCursor(HoconTokenizer.Tokenize(text, source), source);
        return new HoconParser(cursor, includer).Document(scope);
    }

    private HoconNode Document(HoconScope scope)
    {
        var origin = _cursor.Origin;
        _cursor.SkipBlanksAndNewlines();
        HoconNode root = _cursor.Kind switch
        {
            HoconTokenKind.OpenBrace => Object(scope),
            HoconTokenKind.OpenBracket => Array(scope),
            _ => Fields(origin, HoconTokenKind.End, scope),
        };
        _cursor.SkipBlanksAndNewlines();
        return _cursor.Kind == HoconTokenKind.End ? root : throw _cursor.Unexpected("the end of the file");
    }

    private HoconObject Object(HoconScope scope)
    {
        var origin = _cursor.Origin;
        _cursor.Take();
        var result = Fields(origin, HoconTokenKind.CloseBrace, Deeper(scope.InObject()));
        _cursor.Take();
        return result;
    }

    private HoconObject Fields(HoconOrigin origin, HoconTokenKind end, HoconScope scope)
    {
        var result = new HoconObject(origin);
        Elements(end, "a key or '}'", () => Field(result, scope));
        return result;
    }

    private HoconArray Array(HoconScope scope)
    {
        var origin = _cursor.Origin;
        var inner = Deeper(scope.InArray());
        var items = new List<HoconNode>();
        _cursor.Take();
        Elements(HoconTokenKind.CloseBracket, "a value or ']'", () => items.Add(Value(inner)));
        _cursor.Take();
        return new HoconArray(origin, items);
    }

    // Elements are separated by one comma, by newlines, or by both; one comma may follow the last.
    private void Elements(HoconTokenKind end, string expected, Action element)
    {
        _cursor.SkipBlanksAndNewlines();
        while (_cursor.Kind != end)
        {
            if (_cursor.Kind is HoconTokenKind.Comma or HoconTokenKind.End)
            {
                throw _cursor.Unexpected(expected);
            }

            element();
            var parted = _cursor.SkipBlanksAndNewlines();
            parted |= _cursor.TryTake(HoconTokenKind.Comma);
            _cursor.SkipBlanksAndNewlines();
            if (!parted && _cursor.Kind != end)
            {
                throw _cursor.Unexpected("a comma or a new line");
            }
        }
    }

    private void Field(HoconObject parent, HoconScope scope)
    {
        if (_cursor.Token is { Kind: HoconTokenKind.Unquoted, Text: "include" })
        {
            parent.Absorb(_includer.Read(HoconInclude.Read(_cursor), _cursor.Origin, scope));
            return;
        }

        var origin = _cursor.Origin;
        var path = HoconPathReader.Read(_cursor, "a key");
        _cursor.SkipBlanksAndNewlines();
        var inner = Deeper(scope.Field(path));
        switch (_cursor.Kind)
        {
            case HoconTokenKind.OpenBrace:
                parent.Assign(path, Value(inner));
                break;
            case HoconTokenKind.Colon or HoconTokenKind.Equals:
                _cursor.Take();
                parent.Assign(path, Value(inner));
                break;
            case HoconTokenKind.PlusEquals:
                _cursor.Take();
                parent.Assign(path, new HoconAppend(origin, [Value(inner.InArray())]));
                break;
            default:
                throw _cursor.Unexpected($"'=', ':' or '{{' for the key {path}");
        }
    }

    private HoconNode Value(HoconScope scope)
    {
        _cursor.SkipBlanksAndNewlines();
        var origin = _cursor.Origin;
        var parts = new List<HoconNode>();
        HoconToken? blanks = null;
        while (true)
        {
            if (_cursor.Kind == HoconTokenKind.Whitespace)
            {
                blanks = _cursor.Take();
                continue;
            }

            if (Part(scope, parts.Count == 0) is not { } part)
            {
                break;
            }

            if (blanks is { } between && parts.Count > 0)
            {
                parts.Add(new HoconLiteral(origin, HoconLiteralKind.Whitespace, between.Text));
            }

            blanks = null;
            parts.Add(part);
        }

        return parts switch
        {
            [] => throw _cursor.Unexpected("a value"),
            [var only] => only,
            _ when parts.All(part => part is HoconLiteral) =>
                new HoconLiteral(origin, HoconLiteralKind.String, string.Concat(parts.Select(part => ((HoconLiteral)part).Text))),
            _ => new HoconConcatenation(origin, parts),
        };
    }

    /// <returns>Null where the value ends.</returns>
    private HoconNode? Part(HoconScope scope, bool first)
    {
        var origin = _cursor.Origin;
        switch (_cursor.Kind)
        {
            case HoconTokenKind.Unquoted:
                return HoconLiteral.Unquoted(origin, _cursor.Take().Text);
            case HoconTokenKind.Quoted:
                return new HoconLiteral(origin, HoconLiteralKind.String, _cursor.Take().Text);
            case HoconTokenKind.Substitution or HoconTokenKind.OptionalSubstitution:
                return Substitution(scope);
            case HoconTokenKind.OpenBrace:
                return Object(scope);
            case HoconTokenKind.OpenBracket:
                return Array(scope);
            case HoconTokenKind.Colon or HoconTokenKind.Equals or HoconTokenKind.PlusEquals when !first:
                throw _cursor.Error(
                    $"'{_cursor.Token.Text}' may not stand in a value outside quotes; put the value in double quotes, or begin a new line");
            default:
                return null;
        }
    }

    private HoconSubstitution Substitution(HoconScope scope)
    {
        var origin = _cursor.Origin;
        var optional = _cursor.Take().Kind == HoconTokenKind.OptionalSubstitution;
        var path = HoconPathReader.Read(_cursor, "the path of a substitution");
        return _cursor.TryTake(HoconTokenKind.CloseBrace)
            ? new HoconSubstitution(origin, path, optional, scope.Roots)
            : throw _cursor.Unexpected("the '}' of a substitution");
    }

    private HoconScope Deeper(HoconScope scope) => scope.Depth <= HoconLimits.Nesting
        ? scope
        : throw _cursor.Error($"objects and arrays are nested more than {HoconLimits.Nesting} deep");
}
