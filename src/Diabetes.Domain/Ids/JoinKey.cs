using System.Globalization;
using System.Numerics;
using Diabetes.Domain.Wire;

namespace Diabetes.Domain.Ids;

/// <summary>
/// What two halves meet on: an id without its spelling. Numbers are one key where Python's dict would say they are
/// (<c>1730027639</c>, <c>1730027639.0</c> and <c>1.730027639e9</c>), strings where their characters are the same; a number and a string
/// never are.
/// </summary>
/// <remarks>
/// 16 bytes, no allocation for a number that fits a <see cref="long"/> or has a fraction. Equality, hash and text are the same in every
/// process.
/// </remarks>
public readonly struct JoinKey : IEquatable<JoinKey>
{
    /// <summary>Integers beyond <see cref="long"/>, as digits: Python compares them exactly, a double would not.</summary>
    private sealed record WideInteger(string Digits);

    private sealed class FractionMark
    {
        public static readonly FractionMark Instance = new();
    }

    /// <summary>
    /// null: an integer in <see cref="_bits"/>. <see cref="FractionMark"/>: a double in it. Otherwise the key itself, its hash in
    /// <see cref="_bits"/>.
    /// </summary>
    private readonly object? _form;
    private readonly long _bits;

    private JoinKey(object? form, long bits)
    {
        _form = form;
        _bits = bits;
    }

    public bool IsNumber => _form is not string;

    /// <summary>Whether it is a number without a fraction.</summary>
    public bool IsWholeNumber => _form is null or WideInteger;

    /// <summary>The key of a whole number.</summary>
    public static JoinKey Of(long value) => new(null, value);

    /// <summary>The key of a float; one without a fraction is the key of that integer.</summary>
    /// <exception cref="ArgumentOutOfRangeException">NaN or infinite: such a number equals nothing, so it is no id.</exception>
    public static JoinKey Of(double value)
    {
        if (!double.IsFinite(value)) throw new ArgumentOutOfRangeException(nameof(value), value, "An id must be a finite number.");
        if (Math.Floor(value) != value) return new(FractionMark.Instance, BitConverter.DoubleToInt64Bits(value));
        return value is >= -9223372036854775808.0 and < 9223372036854775808.0
            ? new(null, (long)value)
            : OfDigits(new BigInteger(value).ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>The key of a string, character by character; no normalisation.</summary>
    public static JoinKey Of(string text) => new(text, (long)StableHash.Of(text));

    /// <summary>The key of an integer of any length, as decimal digits with an optional sign and no leading zeros.</summary>
    internal static JoinKey OfDigits(string digits) =>
        long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
        ? new(null, value)
        : new(new WideInteger(digits), (long)StableHash.Of(digits));

    /// <summary>
    /// 64 bits, well mixed, the same in every process and release: fit for shards, consistent hashing and stores.
    /// Not proof against someone who chooses ids to collide.
    /// </summary>
    public ulong StableHash64 => StableHash.Mix((ulong)_bits + (_form is null or FractionMark ? 0ul : StableHash.TextSalt));

    public bool Equals(JoinKey other) => _bits == other._bits
        && (ReferenceEquals(_form, other._form) || (_form is not null && other._form is not null && _form.Equals(other._form)));

    public override bool Equals(object? obj) => obj is JoinKey other && Equals(other);

    public override int GetHashCode() => (int)StableHash64;

    public static bool operator ==(JoinKey left, JoinKey right) => left.Equals(right);

    public static bool operator !=(JoinKey left, JoinKey right) => !left.Equals(right);

    /// <summary>
    /// The key's only text, different for different keys: a number as Python prints it (without <c>.0</c>), a string between double quotes,
    /// nothing in it escaped.
    /// </summary>
    public override string ToString() => _form switch
    {
        null => _bits.ToString(CultureInfo.InvariantCulture),
        FractionMark => PythonFloat.Format(BitConverter.Int64BitsToDouble(_bits)),
        WideInteger wide => wide.Digits,
        _ => $"\"{_form}\"",
    };

    /// <summary>The characters of a string key; null for a number.</summary>
    internal string? Text => _form as string;

    /// <summary>Whether the key is an integer in the range of <see cref="long"/>, and which.</summary>
    internal bool TryGetInteger(out long value)
    {
        value = _bits;
        return _form is null;
    }

    /// <summary>Whether the key is a number with a fraction, and which.</summary>
    internal bool TryGetFraction(out double value)
    {
        value = BitConverter.Int64BitsToDouble(_bits);
        return _form is FractionMark;
    }
}
