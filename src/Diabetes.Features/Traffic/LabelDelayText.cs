using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Diabetes.Hosting.Configuration.Units;

namespace Diabetes.Features.Traffic;

/// <summary>Parses a label delay of the configuration.</summary>
internal static partial class LabelDelayText
{
    public const string Expected = "a duration (2s), \"uniform(SHORTEST, LONGEST)\" or \"exponential(MEAN)\", up to 30 days";

    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    public static bool TryParse(string text, [MaybeNullWhen(false)] out LabelDelay delay)
    {
        delay = null;
        if (Durations.TryParse(text, out var plain))
        {
            delay = new LabelDelay.Fixed(plain);
            return InRange(plain);
        }

        var match = Distribution().Match(text);
        if (!match.Success || !Durations.TryParse(match.Groups["first"].Value, out var first) || !InRange(first))
        {
            return false;
        }

        var second = match.Groups["second"];
        switch (match.Groups["kind"].Value)
        {
            case "uniform" when second.Success && Durations.TryParse(second.Value, out var last) && InRange(last) && first <= last:
                delay = new LabelDelay.Uniform(first, last);
                return true;
            case "exponential" when !second.Success:
                delay = new LabelDelay.Exponential(first);
                return true;
            default:
                return false;
        }
    }

    private static bool InRange(TimeSpan delay) => delay >= TimeSpan.Zero && delay <= Longest;

    [GeneratedRegex(
        @"^\s*(?<kind>uniform|exponential)\s*\(\s*(?<first>[^,()]+?)\s*(,\s*(?<second>[^,()]+?)\s*)?\)\s*$", RegexOptions.ExplicitCapture)]
    private static partial Regex Distribution();
}
