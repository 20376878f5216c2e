using System.Text.Json;
using System.Text;

namespace Diabetes.Domain.Wire;

/// <summary>A JSON reader that keeps its depth and can say what it stands on.</summary>
/// <param name="json">What is read.</param>
/// <param name="original">What came: the same, but for the literals that <see cref="PythonLiterals"/> masked.</param>
/// <param name="maxDepth">Most objects and lists inside each other.</param>
internal ref struct MessageCursor(ReadOnlySpan<byte> json, ReadOnlySpan<byte> original, int maxDepth)
{
    private const int Quoted = 40;

    private readonly ReadOnlySpan<byte> _original = original;

    // Its own limit is never met: it would throw, and not say why.
    public Utf8JsonReader Json = new(json, new JsonReaderOptions { MaxDepth = maxDepth + 1 });

    public bool IsTooDeep { get; private set; }

    /// <summary>Goes to the next token. False at the end, and for good where it gets too deep.</summary>
    /// <exception cref="JsonException">No JSON from here on.</exception>
    public bool Next()
    {
        if (IsTooDeep || !Json.Read()) return false;
        IsTooDeep = Json.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray && Json.CurrentDepth >= maxDepth;
        return !IsTooDeep;
    }

    /// <summary>
    /// Passes over the object or list that begins here, or the rest of the one that was begun at <paramref name="depth"/>.
    /// </summary>
    public void Skip(int depth)
    {
        if (Json.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray) && Json.CurrentDepth <= depth) return;
        while (Next() && Json.CurrentDepth > depth) { }
    }

    public void Skip() => Skip(Json.CurrentDepth);

    /// <summary>The bytes of the number, string or name that the cursor stands on, quotes included.</summary>
    public readonly ReadOnlySpan<byte> Token => _original.Slice(
        (int)Json.TokenStartIndex,
        Json.ValueSpan.Length + (Json.TokenType is JsonTokenType.String or JsonTokenType.PropertyName ? 2 : 0));

    /// <summary>Whether the cursor stands on an object that was NaN or an infinity when it came.</summary>
    public readonly bool IsMasked => Json.TokenType == JsonTokenType.StartObject && _original[(int)Json.TokenStartIndex] != '{';

    /// <summary>What the cursor stands on, for a human.</summary>
    public readonly string Found => Json.TokenType switch
    {
        JsonTokenType.StartObject => IsMasked ? PythonLiterals.At(_original[(int)Json.TokenStartIndex..]) : "an object",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.String or JsonTokenType.Number => Token.Length <= Quoted
            ? Encoding.UTF8.GetString(Token)
            : $"{Token.Length} bytes long",
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        _ => "null",
    };
}
