namespace Diabetes.Domain.Wire;

/// <summary>
/// Masks <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c>, which Python's <c>json</c> writes although JSON does not allow them. If a
/// message is not valid JSON, they are replaced by empty objects of the same length and the message is read again. A literal in a member
/// that is not used does no harm; one that is used is rejected by name.
/// </summary>
internal static class PythonLiterals
{
    /// <summary>Masks all literals in a copy of the message. Returns false if there are none.</summary>
    public static bool TryMask(ReadOnlySpan<byte> body, out byte[] masked)
    {
        masked = [];
        var inString = false;
        for (var i = 0; i < body.Length; i++)
        {
            if (body[i] == '\\' && inString)
            {
                i++;
            }
            else if (body[i] == '"')
            {
                inString = !inString;
            }
            else if (!inString && At(body[i..]) is { Length: > 0 } literal)
            {
                if (masked.Length == 0)
                {
                    masked = body.ToArray();
                }

                masked.AsSpan(i, literal.Length).Fill((byte)' ');
                masked[i] = (byte)'{';
                masked[i + literal.Length - 1] = (byte)'}';
                i += literal.Length - 1;
            }
        }

        return masked.Length > 0;
    }

    /// <summary>Returns the literal at the beginning of the text, or an empty string.</summary>
    public static string At(ReadOnlySpan<byte> text) => text switch
    {
        [(byte)'N', ..] when text.StartsWith("NaN"u8) => "NaN",
        [(byte)'I', ..] when text.StartsWith("Infinity"u8) => "Infinity",
        [(byte)'-', (byte)'I', ..] when text.StartsWith("-Infinity"u8) => "-Infinity",
        _ => "",
    };
}
