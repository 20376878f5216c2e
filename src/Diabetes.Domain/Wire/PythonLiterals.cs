namespace Diabetes.Domain.Wire;

/// <summary>
/// <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c>, which Python's <c>json</c> writes and reads and JSON does not know. In a message that
/// failed as JSON they are masked by empty objects of the same length, so that it can be read once more: one in a member that nobody reads
/// does no harm, one that is read is refused by name.
/// </summary>
internal static class PythonLiterals
{
    /// <summary>Masks what there is; false if there is nothing.</summary>
    public static bool TryMask(ReadOnlySpan<byte> body, out byte[] masked)
    {
        masked = [];
        var inString = false;
        for (var i = 0; i < body.Length; i++)
        {
            if (body[i] == '\\' && inString) i++;
            else if (body[i] == '"') inString = !inString;
            else if (!inString && At(body[i..]) is { Length: > 0 } literal)
            {
                if (masked.Length == 0) masked = body.ToArray();
                masked.AsSpan(i, literal.Length).Fill((byte)' ');
                masked[i] = (byte)'{';
                masked[i + literal.Length - 1] = (byte)'}';
                i += literal.Length - 1;
            }
        }

        return masked.Length > 0;
    }

    /// <summary>The literal that the text begins with, or nothing.</summary>
    public static string At(ReadOnlySpan<byte> text) => text switch
    {
        [(byte)'N', ..] when text.StartsWith("NaN"u8) => "NaN",
        [(byte)'I', ..] when text.StartsWith("Infinity"u8) => "Infinity",
        [(byte)'-', (byte)'I', ..] when text.StartsWith("-Infinity"u8) => "-Infinity",
        _ => "",
    };
}
