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

    /// <summary>Returns a sentence for the user if an argument holds a password, else null. Everybody knows the one of guest.</summary>
    public static string? Seen(IEnumerable<string> arguments) =>
        arguments.Select(argument => argument.Replace(":guest@", "@", StringComparison.Ordinal)).Any(argument => Mask(argument) != argument)
            ? "The command line holds a password, and every user of this machine can see it (ps). "
                + "Set it in the environment instead: DIABETES__AMQP__URI, DIABETES__METRIC__POSTGRES__URI."
            : null;

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

    // A URI that lacks its scheme, or a slash of it: user:password@host, amqp:/user:password@host.
    [GeneratedRegex(@"(?<before>[^\s:@/""']+:)(?!//|\d+/)[^\s""]*@", RegexOptions.CultureInvariant)]
    private static partial Regex Bare();

    [GeneratedRegex(@"(?<=[?&])(?<name>[^?&=\r\n""]+)=[^&\s""]+", RegexOptions.CultureInvariant)]
    private static partial Regex InQuery();
}
