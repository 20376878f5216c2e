using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using Diabetes.Hosting.Configuration.Units;

namespace Diabetes.Hosting.Configuration;

/// <summary>Makes settings. Ranges include both ends; the largest value of a type means that there is no upper end.</summary>
public static class Setting
{
    /// <summary>Makes a setting of a number, whole or not.</summary>
    public static Setting<double> Number(string path, double min = double.MinValue, double max = double.MaxValue) => Ranged(
        path, "a number", min, max, double.MaxValue, number => number.ToString(CultureInfo.InvariantCulture), Numbers.TryParse);

    /// <summary>Makes a setting of a whole number.</summary>
    public static Setting<int> Integer(string path, int min = int.MinValue, int max = int.MaxValue) => Ranged(
        path, "a whole number", min, max, int.MaxValue, number => number.ToString(CultureInfo.InvariantCulture), Numbers.TryParse);

    /// <summary>Makes a setting of a whole number of 64 bits.</summary>
    public static Setting<long> Long(string path, long min = long.MinValue, long max = long.MaxValue) => Ranged(
        path, "a whole number", min, max, long.MaxValue, number => number.ToString(CultureInfo.InvariantCulture), Numbers.TryParse);

    /// <summary>Makes a setting of a time with a unit (<c>500ms</c>, <c>2 minutes</c>); a bare number is milliseconds.</summary>
    public static Setting<TimeSpan> Duration(string path, TimeSpan min, TimeSpan max) => Ranged(
        path, "a duration (500ms, 2s, 5m)", min, max, TimeSpan.MaxValue, Durations.Format, Durations.TryParse);

    /// <summary>
    /// Makes a setting of bytes with a unit of powers of ten (<c>64kB</c>) or of two (<c>64KiB</c>); a bare number is bytes.
    /// </summary>
    public static Setting<long> Size(string path, long minBytes, long maxBytes) => Ranged(
        path, "a size (512B, 64KiB, 1MB)", minBytes, maxBytes, long.MaxValue, Sizes.Format, Sizes.TryParse);

    /// <summary>Makes a setting of any text without control characters, the empty one too. No path of a file can contain a NUL.</summary>
    public static Setting<string> Text(string path) => Parsed(
        path,
        "a text without control characters",
        (string text, [MaybeNullWhen(false)] out string value) =>
        {
            value = text;
            return !text.Any(char.IsControl);
        });

    /// <summary>Makes a setting of true, yes and on, or false, no and off.</summary>
    public static Setting<bool> Flag(string path) => Parsed(path, "true or false", (string text, out bool value) =>
    {
        value = text is "true" or "yes" or "on";
        return value || text is "false" or "no" or "off";
    });

    /// <summary>Makes a setting of one of some words; upper and lower case differ.</summary>
    public static Setting<T> Choice<T>(string path, params (string Word, T Value)[] words) =>
        new(path, OneOf([.. words.Select(word => Quote.Of(word.Word))]), (string text, [MaybeNullWhen(false)] out T value) =>
        {
            var found = Array.FindIndex(words, word => word.Word == text);
            value = found >= 0 ? words[found].Value : default;
            return found >= 0;
        });

    /// <summary>Makes a setting of a type of its own.</summary>
    /// <param name="path">The key.</param>
    /// <param name="expected">The values it takes, to end a sentence that begins with "expected".</param>
    /// <param name="parse">Reads and checks one.</param>
    public static Setting<T> Parsed<T>(string path, string expected, SettingParser<T> parse) => new(path, expected, parse);

    /// <summary>Finds the settings in the static fields of some types, in the order of their declaration.</summary>
    public static IReadOnlyList<ISetting> DeclaredIn(params Type[] types) =>
    [
        .. types
            .SelectMany(
                type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(field => field.FieldType.IsAssignableTo(typeof(ISetting)))
            .Select(field => (ISetting)field.GetValue(null)!),
    ];

    private static Setting<T> Ranged<T>(string path, string what, T min, T max, T open, Func<T, string> format, SettingParser<T> parse)
        where T : struct, IComparable<T>
    {
        var range = (min, max) switch
        {
            _ when max.CompareTo(open) < 0 => $" from {format(min)} to {format(max)}",
            _ when min.CompareTo(default) >= 0 => $" of at least {format(min)}",
            _ => "",
        };
        return new(path, what + range, (string text, out T value) =>
            parse(text, out value) && value.CompareTo(min) >= 0 && value.CompareTo(max) <= 0);
    }

    private static string OneOf(string[] words) =>
        words is [.. var all, var last] && all.Length > 0 ? $"{string.Join(", ", all)} or {last}" : string.Concat(words);
}
