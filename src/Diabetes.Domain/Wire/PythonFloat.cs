using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Diabetes.Domain.Wire;

/// <summary>
/// Formats doubles like Python's <c>repr</c>, and so like its <c>json</c>, <c>csv</c> and f-strings: the fewest digits that parse to the
/// same double, at least one decimal, and an exponent of at least two digits from 1e16 up and below 1e-4.
/// </summary>
public static class PythonFloat
{
    /// <summary>The number of bytes that is enough for any double. The longest is <c>-1.7976931348623157e+308</c>.</summary>
    public const int MaxLength = 32;

    /// <summary>
    /// Writes <paramref name="value"/> as ASCII and returns the number of bytes. NaN is <c>nan</c>, infinities are <c>inf</c> and
    /// <c>-inf</c>.
    /// </summary>
    /// <param name="value">Any double.</param>
    /// <param name="destination">Room for at least <see cref="MaxLength"/> bytes.</param>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public static int Format(double value, Span<byte> destination)
    {
        if (destination.Length < MaxLength)
        {
            throw new ArgumentException($"The destination has {destination.Length} bytes; a float needs {MaxLength}.", nameof(destination));
        }

        if (TryFormatMillionths(value, destination, out var written))
        {
            return written;
        }

        if (double.IsNaN(value))
        {
            return Put("nan"u8, destination);
        }

        if (double.IsInfinity(value))
        {
            return Put(value > 0 ? "inf"u8 : "-inf"u8, destination);
        }

        value.TryFormat(destination, out var length, "R", CultureInfo.InvariantCulture);
        if (IsPowerOfTwo(value) && double.Parse(destination[..length], CultureInfo.InvariantCulture) != value)
        {
            // .NET 9 and 10 format 2^-25 and 2^-958 with a digit too few, so that they parse to the neighbouring double (dotnet/runtime
            // pull request 131131).
            value.TryFormat(destination, out length, "E16", CultureInfo.InvariantCulture);
        }

        // If .NET writes a point and no exponent, Python writes the same.
        if (Math.Abs(value) is >= 1e-4 and < 1e15 && destination[..length].Contains((byte)'.'))
        {
            return length;
        }

        Span<byte> shortest = stackalloc byte[MaxLength];
        destination[..length].CopyTo(shortest);
        Span<byte> digits = stackalloc byte[MaxLength];
        var (count, point) = Take(shortest[..length], digits);

        var at = 0;
        if (double.IsNegative(value))
        {
            destination[at++] = (byte)'-';
        }

        return at + (point is > -4 and <= 16
            ? Positional(digits[..count], point, destination[at..])
            : Scientific(digits[..count], point, destination[at..]));
    }

    /// <summary>Returns the same text as a string.</summary>
    public static string Format(double value)
    {
        Span<byte> text = stackalloc byte[MaxLength];
        return Encoding.ASCII.GetString(text[..Format(value, text)]);
    }

    /// <summary>
    /// Formats numbers with at most six decimals several times as fast. Most ids and labels are such numbers. Below 2^33, doubles are
    /// closer together than millionths, so no two of these numbers share a double, and the one that gives this double is its shortest text.
    /// </summary>
    private static bool TryFormatMillionths(double value, Span<byte> destination, out int length)
    {
        length = 0;
        var magnitude = Math.Abs(value);
        if (!(magnitude is >= 1e-4 and < 1L << 33 or 0))
        {
            return false;
        }

        var millionths = (ulong)Math.Round(magnitude * 1e6);
        if (millionths / 1e6 != magnitude)
        {
            return false;
        }

        if (double.IsNegative(value))
        {
            destination[length++] = (byte)'-';
        }

        var (whole, rest) = Math.DivRem(millionths, 1_000_000);
        Utf8Formatter.TryFormat(whole, destination[length..], out var digits);
        length += digits;
        destination[length++] = (byte)'.';
        Utf8Formatter.TryFormat(rest, destination[length..], out digits, new StandardFormat('D', 6));
        while (digits > 1 && destination[length + digits - 1] == '0')
        {
            digits--;
        }

        length += digits;
        return true;
    }

    private static bool IsPowerOfTwo(double value) => (BitConverter.DoubleToInt64Bits(value) & ((1L << 52) - 1)) == 0 && value != 0;

    /// <summary>
    /// Splits .NET's shortest form into its digits without zeros at either end and the position of the point (0.5 is 5 and 0; 50 is 5 and
    /// 2).
    /// </summary>
    private static (int Count, int Point) Take(ReadOnlySpan<byte> shortest, Span<byte> digits)
    {
        int count = 0, point = 0, exponent = 0;
        var fraction = false;
        for (var i = 0; i < shortest.Length; i++)
        {
            var c = shortest[i];
            if (c == '-')
            {
                continue;
            }

            if (c == '.')
            {
                fraction = true;
            }
            else if (c == 'E')
            {
                exponent = int.Parse(shortest[(i + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
                break;
            }
            else if (count == 0 && c == '0')
            {
                point -= fraction ? 1 : 0;
            }
            else
            {
                digits[count++] = c;
                if (!fraction)
                {
                    point++;
                }
            }
        }

        while (count > 0 && digits[count - 1] == '0')
        {
            count--;
        }

        if (count > 0)
        {
            return (count, point + exponent);
        }

        digits[0] = (byte)'0';
        return (1, 1);
    }

    private static int Positional(ReadOnlySpan<byte> digits, int point, Span<byte> destination)
    {
        var at = 0;
        if (point <= 0)
        {
            at = Put("0."u8, destination);
            destination.Slice(at, -point).Fill((byte)'0');
            return at - point + Put(digits, destination[(at - point)..]);
        }

        var whole = Math.Min(point, digits.Length);
        at = Put(digits[..whole], destination);
        destination.Slice(at, point - whole).Fill((byte)'0');
        at += point - whole;
        destination[at++] = (byte)'.';
        return at + (whole < digits.Length ? Put(digits[whole..], destination[at..]) : Put("0"u8, destination[at..]));
    }

    private static int Scientific(ReadOnlySpan<byte> digits, int point, Span<byte> destination)
    {
        var at = Put(digits[..1], destination);
        if (digits.Length > 1)
        {
            destination[at++] = (byte)'.';
            at += Put(digits[1..], destination[at..]);
        }

        var exponent = point - 1;
        at += Put(exponent < 0 ? "e-"u8 : "e+"u8, destination[at..]);
        Math.Abs(exponent).TryFormat(destination[at..], out var written, "00", CultureInfo.InvariantCulture);
        return at + written;
    }

    private static int Put(ReadOnlySpan<byte> text, Span<byte> destination)
    {
        text.CopyTo(destination);
        return text.Length;
    }
}
