using System.Globalization;

namespace Diabetes.Ledger.Csv;

/// <summary>Reads a finite number from a CSV field. NaN and infinity do not count: they cannot be drawn.</summary>
internal static class CsvNumber
{
    public static bool TryRead(ReadOnlySpan<byte> field, out double value)
    {
        var digits = field is [(byte)'"', .., (byte)'"'] ? field[1..^1] : field;
        return double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
    }
}
