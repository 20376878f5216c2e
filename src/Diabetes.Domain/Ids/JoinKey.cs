using System.Globalization;
using System.Numerics;
using Diabetes.Domain.Wire;

namespace Diabetes.Domain.Ids;

/// <summary>
/// Identifies what two halves are joined on: an id regardless of how it is written. Numbers are equal if Python's dict treats them as the
/// same key (<c>1730027639</c>, <c>1730027639.0</c> and <c>1.730027639e9</c>), strings if their characters are equal. A number never equals
/// a string.
/// </summary>
/// <remarks>
/// It has 16 bytes and allocates nothing for a number that fits a <see cref="long"/> or has a fraction. Equality, stable hash and text
/// are the same in every process.
/// </remarks>
public readonly struct JoinKey : IEquatable<JoinKey>
{
    /// <summary>
    /// Holds an integer that does not fit a <see cref="long"/>, as digits. Python compares those exactly, which a double could not.
    /// </summary>
    private sealed record WideInteger(string Digits);

    private sealed class FractionMark
    {
        public static readonly FractionMark Instance = new();
    }

    /// <summary>
    /// Null for an integer in <see cref="_bits"/>; <see cref="FractionMark"/> for a double in it; otherwise the key itself, with its hash
    /// in <see cref="_bits"/>.
    /// </summary>
    private readonly object? _form;
    private readonly long _bits;

    private JoinKey(object? form, long bits)
    {
        _form = form;
        _bits = bits;
    }

    /// <summary>True if the id is a number, false if it is a string.</summary>
    public bool IsNumber => _form is not string;

    /// <summary>True if the id is a number without a fraction.</summary>
    public bool IsWholeNumber => _form is null or WideInteger;

    /// <summary>Creates the key of a whole number.</summary>
    public static JoinKey Of(long value) => new(null, value);

    /// <summary>Creates the key of a float. A float without a fraction has the key of that integer.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is NaN or infinite, which cannot be an id.</exception>
    public static JoinKey Of(double value)
    {
        if (!double.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, "An id must be a finite number.");
        }

        if (Math.Floor(value) != value)
        {
            return new(FractionMark.Instance, BitConverter.DoubleToInt64Bits(value));
        }

        return value is >= -9223372036854775808.0 and < 9223372036854775808.0
            ? new(null, (long)value)
            : OfDigits(new BigInteger(value).ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Creates the key of a string. Characters are compared as they are, without normalisation.</summary>
    public static JoinKey Of(string text) => new(text, (long)StableHash.Of(text));

    /// <summary>Creates the key of an integer of any length, from decimal digits with an optional sign and no leading zeros.</summary>
    internal static JoinKey OfDigits(string digits) =>
        long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
        ? new(null, value)
        : new(new WideInteger(digits), (long)StableHash.Of(digits));

    /// <summary>
    /// A well-mixed 64-bit hash that is the same in every process and release, for shards and stores. It does not resist someone who
    /// chooses ids to collide.
    /// </summary>
    public ulong StableHash64 => StableHash.Mix((ulong)_bits + (_form is null or FractionMark ? 0ul : StableHash.TextSalt));

    public bool Equals(JoinKey other) => _bits == other._bits
        && (ReferenceEquals(_form, other._form) || (_form is not null && other._form is not null && _form.Equals(other._form)));

    public override bool Equals(object? obj) => obj is JoinKey other && Equals(other);

    /// <summary>
    /// Returns the hash for dictionaries, which differs from process to process: whoever sends ids must not be able to make them collide.
    /// </summary>
    public override int GetHashCode() => _form switch
    {
        string text => text.GetHashCode(StringComparison.Ordinal),
        WideInteger wide => wide.Digits.GetHashCode(StringComparison.Ordinal),
        // Both halves of the bits, since the hash of a long is a fold that needs no key to be undone.
        _ => HashCode.Combine((int)_bits, (int)(_bits >> 32), _form is null),
    };

    public static bool operator ==(JoinKey left, JoinKey right) => left.Equals(right);

    public static bool operator !=(JoinKey left, JoinKey right) => !left.Equals(right);

    /// <summary>
    /// Returns the text of the key, which is different for different keys: a number as Python prints it (without <c>.0</c>), or a string in
    /// double quotes without escapes.
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

    /// <summary>Returns the integer if the key is one in the range of <see cref="long"/>.</summary>
    internal bool TryGetInteger(out long value)
    {
        value = _bits;
        return _form is null;
    }

    /// <summary>Returns the double if the key is a number with a fraction.</summary>
    internal bool TryGetFraction(out double value)
    {
        value = BitConverter.Int64BitsToDouble(_bits);
        return _form is FractionMark;
    }
}
