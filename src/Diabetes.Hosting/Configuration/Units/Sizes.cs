namespace Diabetes.Hosting.Configuration.Units;

/// <summary>
/// Reads and writes sizes in bytes as HOCON does, in powers of ten (<c>kB</c>, <c>megabytes</c>) and of two (<c>KiB</c>, <c>k</c>,
/// <c>mebibytes</c>).
/// </summary>
internal static class Sizes
{
    private static readonly string[] Decimal = ["kilo", "mega", "giga", "tera", "peta", "exa", "zetta", "yotta"];

    private static readonly string[] Binary = ["kibi", "mebi", "gibi", "tebi", "pebi", "exbi", "zebi", "yobi"];

    private static readonly Dictionary<string, double> Units = Names().ToDictionary(unit => unit.Name, unit => unit.Bytes);

    public static bool TryParse(string text, out long value)
    {
        value = 0;
        if (!Quantity.TryParse(text, out var quantity) || !Units.TryGetValue(quantity.Unit, out var unit))
        {
            return false;
        }

        var bytes = Math.Truncate(quantity.Number * unit);
        if (Math.Abs(bytes) >= long.MaxValue)
        {
            return false;
        }

        value = (long)bytes;
        return true;
    }

    public static string Format(long bytes) => bytes == 0
        ? "0B"
        : Quantity.Format(bytes, [(1L << 40, "TiB"), (1L << 30, "GiB"), (1L << 20, "MiB"), (1L << 10, "KiB"), (1, "B")]);

    private static IEnumerable<(string Name, double Bytes)> Names()
    {
        foreach (var name in new[] { "", "B", "b", "byte", "bytes" })
        {
            yield return (name, 1);
        }

        for (var power = 1; power <= Decimal.Length; power++)
        {
            var small = Decimal[power - 1][..1];
            var large = small.ToUpperInvariant();
            foreach (var name in new[] { (power == 1 ? small : large) + "B", Decimal[power - 1] + "byte", Decimal[power - 1] + "bytes" })
            {
                yield return (name, Math.Pow(1000, power));
            }

            foreach (var name in new[] { small, large, large + "i", large + "iB", Binary[power - 1] + "byte", Binary[power - 1] + "bytes" })
            {
                yield return (name, Math.Pow(1024, power));
            }
        }
    }
}
