using System.Globalization;

namespace Diabetes.Hosting.Configuration.Units;

/// <summary>Holds a number and the letters behind it, as HOCON writes durations and sizes.</summary>
/// <param name="Number">The number, whole or not.</param>
/// <param name="Unit">Empty for a bare number.</param>
internal readonly record struct Quantity(double Number, string Unit)
{
    public static bool TryParse(string text, out Quantity value)
    {
        text = text.Trim();
        var unit = text.Length;
        while (unit > 0 && char.IsLetter(text[unit - 1]))
        {
            unit--;
        }

        var ok = Numbers.TryParse(text[..unit].TrimEnd(), out double number);
        value = new Quantity(number, text[unit..]);
        return ok;
    }

    /// <summary>Writes an amount in the largest unit that divides it.</summary>
    public static string Format(long amount, IEnumerable<(long Size, string Unit)> units)
    {
        var (size, unit) = units.First(unit => amount % unit.Size == 0);
        return (amount / size).ToString(CultureInfo.InvariantCulture) + unit;
    }
}
