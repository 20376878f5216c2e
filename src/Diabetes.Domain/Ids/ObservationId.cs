using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Diabetes.Domain.Wire;

namespace Diabetes.Domain.Ids;

/// <summary>
/// Holds the id of one observation: the JSON token as it was received, the key to join on, and the text that Python writes into a CSV. Two
/// ids are equal if their keys are equal, however they are written.
/// </summary>
/// <remarks>
/// It has 24 bytes. The token is kept only if it differs from the usual form of the key: <c>1730027639.447099</c> and <c>"3f2a…"</c> need
/// no string, <c>1730027639.4470990</c> and <c>1e3</c> need one.
/// </remarks>
public readonly struct ObservationId : IEquatable<ObservationId>
{
    /// <summary>
    /// The length in bytes of the longest valid id, as the message spells it and without quotes. Ids are timestamps and UUIDs; anything
    /// longer is probably a body in the wrong place.
    /// </summary>
    public const int MaxLength = 256;

    /// <summary>The length in bytes of the longest valid token: the quotes of a string belong to it.</summary>
    public const int MaxTokenLength = MaxLength + 2;

    private readonly string? _token;

    private ObservationId(JoinKey key, string? token)
    {
        Key = key;
        _token = token;
    }

    /// <summary>The key that halves are joined on.</summary>
    public JoinKey Key { get; }

    /// <summary>Creates the id that Python's <c>time.time()</c> gives at this time: seconds with microseconds.</summary>
    /// <param name="microseconds">Microseconds since the Unix epoch. Up to 2^53, different values give different ids.</param>
    public static ObservationId FromUnixMicroseconds(long microseconds)
    {
        var (seconds, rest) = Math.DivRem(microseconds, 1_000_000);
        return rest == 0
            ? new(JoinKey.Of(seconds), $"{seconds.ToString(CultureInfo.InvariantCulture)}.0")
            : new(JoinKey.Of(microseconds / 1e6), null);
    }

    /// <summary>Creates the id of a string.</summary>
    /// <exception cref="ArgumentException">The string is empty, longer than <see cref="MaxLength"/> bytes, or not valid
    /// Unicode.</exception>
    public static ObservationId FromText(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        return TryParse(Encoding.UTF8.GetBytes($"\"{JsonEncodedText.Encode(text)}\""), false, out var id)
            ? id
            : throw new ArgumentException($"The id \"{text[..32]}…\" is longer than {MaxLength} bytes as JSON.", nameof(text));
    }

    /// <summary>Creates an id from its key and its text, which is what a store keeps of it.</summary>
    /// <param name="key">The key of the id.</param>
    /// <param name="text">The text of the id; null if it is the text of the key (without the quotes of a string).</param>
    public static ObservationId Restore(JoinKey key, string? text)
    {
        var plain = new ObservationId(key, null);
        text ??= key.Text;
        if (text is null)
        {
            return plain;
        }

        var isEscaped = key.Text is not null && (text.AsSpan().ContainsAny('"', '\\') || text.AsSpan().ContainsAnyInRange('\0', '\x1f'));
        if (plain.ToString() == text && !isEscaped)
        {
            return plain;
        }

        var number = new ObservationId(key, text);
        return IdToken.IsNumber(Encoding.UTF8.GetBytes(text), out _) && number.ToString() == text
            ? number
            : new(key, $"\"{JsonEncodedText.Encode(text)}\"");
    }

    /// <summary>Parses a JSON token: a number, or a string in double quotes.</summary>
    /// <param name="token">One token, without white space around it.</param>
    /// <param name="unify">True to treat a string that contains a JSON number as that number. Python never does that.</param>
    /// <param name="id">The parsed id.</param>
    /// <returns>False if the token is neither, is empty or too long, or is a number beyond the range of a double.</returns>
    public static bool TryParse(ReadOnlySpan<byte> token, bool unify, out ObservationId id)
    {
        id = default;
        if (token.IsEmpty || token.Length > (token[0] == '"' ? MaxTokenLength : MaxLength))
        {
            return false;
        }

        return token[0] == '"' ? TryParseText(token, unify, out id) : TryParseNumber(token, out id);
    }

    private static bool TryParseNumber(ReadOnlySpan<byte> token, out ObservationId id)
    {
        id = default;
        if (!IdToken.IsNumber(token, out var whole))
        {
            return false;
        }

        if (whole)
        {
            id = Utf8Parser.TryParse(token, out long integer, out var used) && used == token.Length
                ? new(JoinKey.Of(integer), token is [(byte)'-', (byte)'0'] ? "-0" : null)
                : new(JoinKey.OfDigits(Encoding.ASCII.GetString(token)), null);
            return true;
        }

        if (!double.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value))
        {
            return false;
        }

        Span<byte> python = stackalloc byte[PythonFloat.MaxLength];
        var key = JoinKey.Of(value);
        var same = key.TryGetFraction(out _) && token.SequenceEqual(python[..PythonFloat.Format(value, python)]);
        id = new(key, same ? null : Encoding.ASCII.GetString(token));
        return true;
    }

    private static bool TryParseText(ReadOnlySpan<byte> token, bool unify, out ObservationId id)
    {
        id = default;
        if (!IdToken.TryUnescape(token, out var text, out var escaped) || text.Length == 0)
        {
            return false;
        }

        var key = JoinKey.Of(text);
        if (unify && TryParseNumber(Encoding.UTF8.GetBytes(text), out var number))
        {
            (key, escaped) = (number.Key, true);
        }

        id = new(key, escaped ? Encoding.UTF8.GetString(token) : null);
        return true;
    }

    /// <summary>
    /// Writes the JSON token byte for byte as it was received, and returns the number of bytes. For an id that was created here, it writes
    /// what Python's <c>json</c> would write.
    /// </summary>
    /// <param name="destination">Room for at least <see cref="MaxTokenLength"/> bytes.</param>
    public int CopyToken(Span<byte> destination)
    {
        if (_token is not null)
        {
            return Encoding.UTF8.GetBytes(_token, destination);
        }

        if (Key.TryGetFraction(out var fraction))
        {
            return PythonFloat.Format(fraction, destination);
        }

        if (Key.TryGetInteger(out var integer))
        {
            Utf8Formatter.TryFormat(integer, destination, out var digits);
            return digits;
        }

        if (Key.Text is not { } text)
        {
            return Encoding.ASCII.GetBytes(Key.ToString(), destination);
        }

        destination[0] = (byte)'"';
        var length = Encoding.UTF8.GetBytes(text, destination[1..]) + 1;
        destination[length] = (byte)'"';
        return length + 1;
    }

    /// <summary>True if the text of the id equals the text of its key, as for most ids that are numbers.</summary>
    public bool IsItsKey => _token is null && Key.Text is null;

    /// <summary>The JSON token as text.</summary>
    public string Token
    {
        get
        {
            Span<byte> token = stackalloc byte[MaxTokenLength];
            return Encoding.UTF8.GetString(token[..CopyToken(token)]);
        }
    }

    public bool Equals(ObservationId other) => Key.Equals(other.Key);

    public override bool Equals(object? obj) => obj is ObservationId other && Equals(other);

    public override int GetHashCode() => Key.GetHashCode();

    public static bool operator ==(ObservationId left, ObservationId right) => left.Equals(right);

    public static bool operator !=(ObservationId left, ObservationId right) => !left.Equals(right);

    /// <summary>
    /// Returns what Python prints for the id and writes into the CSV: <c>repr</c> of a float, the digits of an integer, the characters of a
    /// string.
    /// </summary>
    public override string ToString() => _token is null ? Key.Text ?? Key.ToString() : IdToken.PythonText(_token);
}
