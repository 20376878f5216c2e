namespace Diabetes.Hosting.Configuration.Units;

/// <summary>Reads and writes durations as HOCON does.</summary>
public static class Durations
{
    private static readonly (long Ticks, string[] Names)[] Units =
    [
        (TimeSpan.TicksPerDay, ["d", "day", "days"]),
        (TimeSpan.TicksPerHour, ["h", "hour", "hours"]),
        (TimeSpan.TicksPerMinute, ["m", "minute", "minutes"]),
        (TimeSpan.TicksPerSecond, ["s", "second", "seconds"]),
        (TimeSpan.TicksPerMillisecond, ["ms", "milli", "millis", "millisecond", "milliseconds", ""]),
        (TimeSpan.TicksPerMicrosecond, ["us", "micro", "micros", "microsecond", "microseconds"]),
    ];

    private static readonly string[] Nanoseconds = ["ns", "nano", "nanos", "nanosecond", "nanoseconds"];

    /// <summary>Reads <c>10s</c>, <c>500 ms</c>, <c>1.5 minutes</c>; a bare number is milliseconds. Rounded to 100 nanoseconds.</summary>
    public static bool TryParse(string text, out TimeSpan value)
    {
        value = default;
        if (!Quantity.TryParse(text, out var quantity) || TicksOf(quantity.Unit) is not { } unit)
        {
            return false;
        }

        var ticks = Math.Round(quantity.Number * unit);
        if (Math.Abs(ticks) >= long.MaxValue)
        {
            return false;
        }

        value = new TimeSpan((long)ticks);
        return true;
    }

    /// <summary>Writes a duration as short as <see cref="TryParse"/> can read it back.</summary>
    public static string Format(TimeSpan value) => value == TimeSpan.Zero
        ? "0s"
        : value.Ticks % TimeSpan.TicksPerMicrosecond != 0
            ? $"{value.Ticks * (Int128)TimeSpan.NanosecondsPerTick}ns"
            : Quantity.Format(value.Ticks, Units.Select(unit => (unit.Ticks, unit.Names[0])));

    private static double? TicksOf(string unit)
    {
        var known = Array.FindIndex(Units, candidate => candidate.Names.Contains(unit));
        return known >= 0 ? Units[known].Ticks
            : Nanoseconds.Contains(unit) ? 1d / TimeSpan.NanosecondsPerTick
            : null;
    }
}
