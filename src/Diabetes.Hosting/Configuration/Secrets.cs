using System.Text.RegularExpressions;

namespace Diabetes.Hosting.Configuration;

/// <summary>Masks passwords in messages.</summary>
public static partial class Secrets
{
    // The names that Npgsql and others give to the password of the user and of the key file.
    private static readonly HashSet<string> Names =
        new(StringComparer.OrdinalIgnoreCase) { "password", "psw", "pwd", "passwd", "sslpassword" };

    /// <summary>
    /// Replaces the password of everything that looks like a URI in a text by <c>***</c>, before the host and in the query.
    /// </summary>
    public static string Mask(string text) =>
        InQuery().Replace(Bare().Replace(Password().Replace(text, "${before}***@"), "${before}***@"), MaskValue);

    /// <summary>
    /// Returns a sentence for the user if an argument holds a password, else null. The password guest does not count: it is RabbitMQ's
    /// public default.
    /// </summary>
    public static string? Seen(IEnumerable<string> arguments) =>
        arguments.Select(argument => argument.Replace(":guest@", "@", StringComparison.Ordinal)).Any(HasPassword)
            ? "The command line holds a password, and every user of this machine can see it (ps). "
                + "Set it in the environment instead: DIABETES__AMQP__URI, DIABETES__METRIC__POSTGRES__URI."
            : null;

    /// <summary>
    /// Replaces the password in a value that is one URI, also if it is not written as it should be: everything from the first colon behind
    /// the scheme to the last @. Without an @, everything behind that colon that is not a port.
    /// </summary>
    public static string MaskUri(string value) => NotEncoded().Replace(value, "${before}***");

    // A path of a file may have a colon and an @ too, so a URI without its scheme only counts from the beginning on.
    private static bool HasPassword(string argument) =>
        Password().IsMatch(argument)
        || Bare().Match(argument) is { Success: true, Index: 0 }
        || InQuery().Replace(argument, MaskValue) != argument;

    private static string MaskValue(Match pair)
    {
        var name = Uri.UnescapeDataString(pair.Groups["name"].Value)
            .Replace("+", "", StringComparison.Ordinal)
            .Replace(" ", "", StringComparison.Ordinal);
        return Names.Contains(name) ? $"{pair.Groups["name"].Value}=***" : pair.Value;
    }

    // Matches from the first colon behind the scheme to the last @ before the path: a password may hold an @ that should have been escaped.
    // It may hold a slash, too: then what looks like the path belongs to the password, unless a port stands before it.
    [GeneratedRegex(@"(?<before>[A-Za-z][A-Za-z0-9+.-]*://[^:@/\s]*:)(?:[^\s/]*@|(?!\d+/)[^\s""]*@)", RegexOptions.CultureInvariant)]
    private static partial Regex Password();

    [GeneratedRegex(
        @"^(?<before>[A-Za-z][A-Za-z0-9+.-]*://[^:@]*:)(?:.*(?=@)|(?!\d{1,5}(?:[/?#]|$))[^@]+$)",
        RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex NotEncoded();

    // A URI that lacks its scheme, or a slash of it: user:password@host, amqp:/user:password@host.
    [GeneratedRegex(@"(?<before>[^\s:@/""']+:)(?!//|\d+/)[^\s""]*@", RegexOptions.CultureInvariant)]
    private static partial Regex Bare();

    [GeneratedRegex(@"(?<=[?&])(?<name>[^?&=\r\n""]+)=[^&\s""]+", RegexOptions.CultureInvariant)]
    private static partial Regex InQuery();
}
