using System.Text;
using System.Text.Json;

namespace Diabetes.Domain.Wire;

/// <summary>Reads JSON tokens, limits the depth and can describe the present token for an error.</summary>
/// <param name="json">The bytes to read.</param>
/// <param name="original">The bytes as they were received: the same, except for the literals that <see cref="PythonLiterals"/>
/// masked.</param>
/// <param name="maxDepth">The largest number of nested objects and lists.</param>
internal ref struct MessageCursor(ReadOnlySpan<byte> json, ReadOnlySpan<byte> original, int maxDepth)
{
    private const int Quoted = 40;

    private readonly ReadOnlySpan<byte> _original = original;

    // The reader's own limit is never reached, because it would throw without a reason.
    public Utf8JsonReader Json = new(json, new JsonReaderOptions { MaxDepth = maxDepth + 1 });

    public bool IsTooDeep { get; private set; }

    /// <summary>Moves to the next token. Returns false at the end, and always once the nesting is too deep.</summary>
    /// <exception cref="JsonException">The bytes are not valid JSON from here on.</exception>
    public bool Next()
    {
        if (IsTooDeep || !Json.Read())
        {
            return false;
        }

        IsTooDeep = Json.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray && Json.CurrentDepth >= maxDepth;
        return !IsTooDeep;
    }

    /// <summary>Skips the object or list that begins here, or the rest of the one that began at <paramref name="depth"/>.</summary>
    public void Skip(int depth)
    {
        if (Json.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray) && Json.CurrentDepth <= depth)
        {
            return;
        }

        while (Next() && Json.CurrentDepth > depth) { }
    }

    public void Skip() => Skip(Json.CurrentDepth);

    /// <summary>The bytes of the number, string or name at the cursor, including quotes.</summary>
    public readonly ReadOnlySpan<byte> Token => _original.Slice(
        (int)Json.TokenStartIndex,
        Json.ValueSpan.Length + (Json.TokenType is JsonTokenType.String or JsonTokenType.PropertyName ? 2 : 0));

    /// <summary>True if the object at the cursor was NaN or an infinity in the original.</summary>
    public readonly bool IsMasked => Json.TokenType == JsonTokenType.StartObject && _original[(int)Json.TokenStartIndex] != '{';

    /// <summary>Describes the token at the cursor for an error.</summary>
    public readonly string Found => Json.TokenType switch
    {
        JsonTokenType.StartObject => IsMasked ? PythonLiterals.At(_original[(int)Json.TokenStartIndex..]) : "an object",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.String or JsonTokenType.Number => Token.Length <= Quoted
            ? Encoding.UTF8.GetString(Token)
            : $"{Json.ValueSpan.Length} bytes long",
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        _ => "null",
    };
}
