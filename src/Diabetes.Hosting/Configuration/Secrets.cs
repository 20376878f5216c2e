using System.Text.RegularExpressions;

namespace Diabetes.Hosting.Configuration;

/// <summary>Keeps passwords out of messages.</summary>
public static partial class Secrets
{
    // Npgsql's names of the user's password and of the key's, and what others call it.
    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase) { "password", "psw", "pwd", "passwd", "sslpassword" };

    /// <summary>The text with the password of every URI in it replaced by <c>***</c>, where it belongs or in the query.</summary>
    public static string Mask(string text) => InQuery().Replace(Password().Replace(text, "${before}***@"), MaskValue);

    private static string MaskValue(Match pair)
    {
        var name = Uri.UnescapeDataString(pair.Groups["name"].Value).Replace("+", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
        return Names.Contains(name) ? $"{pair.Groups["name"].Value}=***" : pair.Value;
    }

    // From the first colon behind the scheme to the last @ before the path: a password may hold an @ that should have been escaped. Or a slash: then what
    // looks like the path belongs to it, unless what stands before is a port.
    [GeneratedRegex(@"(?<before>[A-Za-z][A-Za-z0-9+.-]*://[^:@/\s]*:)(?:[^\s/]*@|(?!\d+/)[^\s""]*@)", RegexOptions.CultureInvariant)]
    private static partial Regex Password();

    [GeneratedRegex(@"(?<=[?&])(?<name>[^?&=\r\n""]+)=[^&\s""]+", RegexOptions.CultureInvariant)]
    private static partial Regex InQuery();
}
