using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using System.Text;
using Diabetes.Domain.Wire;

namespace Diabetes.Domain.Ids;

/// <summary>
/// The id of one observation: the JSON token it came as, for the echo; the key it joins on; the text that Python would write into a CSV.
/// Two ids are equal when they join, however they are spelled.
/// </summary>
/// <remarks>
/// 24 bytes. The token is kept only where it differs from what the key says by itself: <c>1730027639.447099</c> and <c>"3f2a…"</c> cost
/// nothing, <c>1730027639.4470990</c> and <c>1e3</c> a string.
/// </remarks>
public readonly struct ObservationId : IEquatable<ObservationId>
{
    /// <summary>Longest token that is read, in bytes. Ids are timestamps and uuids; what is longer is a body in the wrong place.</summary>
    public const int MaxTokenLength = 256;

    private readonly string? _token;

    private ObservationId(JoinKey key, string? token)
    {
        Key = key;
        _token = token;
    }

    public JoinKey Key { get; }

    /// <summary>The id that Python's <c>time.time()</c> would give at this instant: seconds with microseconds.</summary>
    /// <param name="microseconds">Since the Unix epoch. Up to 2^53, every value has an id of its own.</param>
    public static ObservationId FromUnixMicroseconds(long microseconds)
    {
        var (seconds, rest) = Math.DivRem(microseconds, 1_000_000);
        return rest == 0
            ? new(JoinKey.Of(seconds), $"{seconds.ToString(CultureInfo.InvariantCulture)}.0")
            : new(JoinKey.Of(microseconds / 1e6), null);
    }

    /// <summary>The id that a Python string would be.</summary>
    /// <exception cref="ArgumentException">Empty, longer than <see cref="MaxTokenLength"/>, or not Unicode.</exception>
    public static ObservationId FromText(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        return TryParse(Encoding.UTF8.GetBytes($"\"{JsonEncodedText.Encode(text)}\""), false, out var id)
            ? id
            : throw new ArgumentException($"An id has at most {MaxTokenLength} bytes: \"{text[..32]}…\".", nameof(text));
    }

    /// <summary>The id that has this key and prints this text: what a store needs to keep of one.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="text">What it prints; null where that is the text of the key, without the quotes of a string.</param>
    public static ObservationId Restore(JoinKey key, string? text)
    {
        var plain = new ObservationId(key, null);
        text ??= key.Text;
        if (text is null) return plain;
        var isEscaped = key.Text is not null && (text.AsSpan().ContainsAny('"', '\\') || text.AsSpan().ContainsAnyInRange('\0', '\x1f'));
        if (plain.ToString() == text && !isEscaped) return plain;
        var number = new ObservationId(key, text);
        return IdToken.IsNumber(Encoding.UTF8.GetBytes(text), out _) && number.ToString() == text
            ? number
            : new(key, $"\"{JsonEncodedText.Encode(text)}\"");
    }

    /// <summary>Reads a JSON token: a number, or a string in its quotes.</summary>
    /// <param name="token">One token, nothing round it.</param>
    /// <param name="unify">Takes a string that holds a JSON number for that number. Python never does.</param>
    /// <param name="id">The id.</param>
    /// <returns>False if it is neither, empty, too long, or a number beyond the range of a double.</returns>
    public static bool TryParse(ReadOnlySpan<byte> token, bool unify, out ObservationId id)
    {
        id = default;
        if (token.Length is 0 or > MaxTokenLength) return false;
        return token[0] == '"' ? TryParseText(token, unify, out id) : TryParseNumber(token, out id);
    }

    private static bool TryParseNumber(ReadOnlySpan<byte> token, out ObservationId id)
    {
        id = default;
        if (!IdToken.IsNumber(token, out var whole)) return false;
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
        if (!IdToken.TryUnescape(token, out var text, out var escaped) || text.Length == 0) return false;
        var key = JoinKey.Of(text);
        if (unify && TryParseNumber(Encoding.UTF8.GetBytes(text), out var number)) (key, escaped) = (number.Key, true);
        id = new(key, escaped ? Encoding.UTF8.GetString(token) : null);
        return true;
    }

    /// <summary>
    /// Writes the JSON token, byte for byte as it came (or as Python's <c>json</c> would write it, for an id made here), and returns the
    /// bytes written.
    /// </summary>
    /// <param name="destination">At least <see cref="MaxTokenLength"/> bytes.</param>
    public int CopyToken(Span<byte> destination)
    {
        if (_token is not null) return Encoding.UTF8.GetBytes(_token, destination);
        if (Key.TryGetFraction(out var fraction)) return PythonFloat.Format(fraction, destination);
        if (Key.TryGetInteger(out var integer))
        {
            Utf8Formatter.TryFormat(integer, destination, out var digits);
            return digits;
        }

        if (Key.Text is not { } text) return Encoding.ASCII.GetBytes(Key.ToString(), destination);
        destination[0] = (byte)'"';
        var length = Encoding.UTF8.GetBytes(text, destination[1..]) + 1;
        destination[length] = (byte)'"';
        return length + 1;
    }

    /// <summary>Whether what it prints is the text of its key, as of most ids that are numbers.</summary>
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
    /// What Python prints for it, and so what stands in the CSV: <c>repr</c> of a float, the digits of an integer, the characters of a
    /// string.
    /// </summary>
    public override string ToString() => _token is null ? Key.Text ?? Key.ToString() : IdToken.PythonText(_token);
}
