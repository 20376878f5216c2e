using System.Globalization;

namespace Diabetes.Ledger.Csv;

/// <summary>Reads a number from a CSV field. One that is not finite is not one: nothing could be drawn of it.</summary>
internal static class CsvNumber
{
    public static bool TryRead(ReadOnlySpan<byte> field, out double value)
    {
        var digits = field is [(byte)'"', .., (byte)'"'] ? field[1..^1] : field;
        return double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
    }
}
