using System.Globalization;

namespace Diabetes.Hosting;

/// <summary>Writes counts with their nouns.</summary>
public static class Plural
{
    /// <summary>Writes "1 row" or "2 rows".</summary>
    public static string Of(long count, string noun) =>
        $"{count.ToString(CultureInfo.InvariantCulture)} {noun}{(count == 1 ? "" : "s")}";
}
