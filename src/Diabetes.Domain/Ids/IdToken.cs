using System.Globalization;
using System.Text;
using System.Text.Json;
using Diabetes.Domain.Wire;

namespace Diabetes.Domain.Ids;

/// <summary>Parses the JSON token of an id.</summary>
internal static class IdToken
{
    /// <summary>
    /// Tells whether the bytes are one JSON number, and whether Python's <c>json</c> reads it as an int (it has neither a point nor an
    /// exponent).
    /// </summary>
    public static bool IsNumber(ReadOnlySpan<byte> token, out bool whole)
    {
        whole = false;
        var rest = token is [(byte)'-', ..] ? token[1..] : token;
        if (rest is [(byte)'0', ..])
        {
            rest = rest[1..];
        }
        else if (!SkipDigits(ref rest))
        {
            return false;
        }

        whole = rest.IsEmpty;
        if (rest is [(byte)'.', ..])
        {
            rest = rest[1..];
            if (!SkipDigits(ref rest))
            {
                return false;
            }
        }

        if (rest is [(byte)'e' or (byte)'E', ..])
        {
            rest = rest is [_, (byte)'+' or (byte)'-', ..] ? rest[2..] : rest[1..];
            if (!SkipDigits(ref rest))
            {
                return false;
            }
        }

        return rest.IsEmpty;
    }

    private static bool SkipDigits(ref ReadOnlySpan<byte> text)
    {
        var end = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        var digits = end < 0 ? text.Length : end;
        text = text[digits..];
        return digits > 0;
    }

    /// <summary>
    /// Decodes a JSON string. Returns false if the token is not a JSON string, or if its escapes leave half a surrogate pair.
    /// </summary>
    public static bool TryUnescape(ReadOnlySpan<byte> token, out string text, out bool escaped)
    {
        (text, escaped) = ("", false);
        try
        {
            var json = new Utf8JsonReader(token);
            if (!json.Read() || json.TokenType != JsonTokenType.String)
            {
                return false;
            }

            escaped = json.ValueIsEscaped;
            text = json.GetString()!;
            return !json.Read();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Returns what Python prints for the value that its <c>json</c> reads from the token.</summary>
    public static string PythonText(string token)
    {
        var bytes = Encoding.UTF8.GetBytes(token);
        if (token[0] == '"')
        {
            return TryUnescape(bytes, out var text, out _) ? text : token;
        }

        if (IsNumber(bytes, out var whole) && whole)
        {
            return token == "-0" ? "0" : token;
        }

        return PythonFloat.Format(double.Parse(bytes, NumberStyles.Float, CultureInfo.InvariantCulture));
    }
}
