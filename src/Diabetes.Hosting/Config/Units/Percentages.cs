using System.Globalization;

namespace Diabetes.Hosting;

/// <summary>Fractions of one, in percent or plain.</summary>
internal static class Percentages
{
    public static bool TryParse(string text, out double value)
    {
        text = text.Trim();
        var percent = text.EndsWith('%');
        var ok = Numbers.TryParse(percent ? text[..^1].TrimEnd() : text, out value);
        value = percent ? value / 100 : value;
        return ok;
    }

    public static string Format(double value) => (value * 100).ToString("0.####", CultureInfo.InvariantCulture) + "%";
}
