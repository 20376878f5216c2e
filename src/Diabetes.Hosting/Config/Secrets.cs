using System.Text.RegularExpressions;

namespace Diabetes.Hosting;

/// <summary>Keeps passwords out of messages.</summary>
public static partial class Secrets
{
    /// <summary>The text with the password of every URI in it replaced by <c>***</c>, where it belongs or in the query.</summary>
    public static string Mask(string text) => InQuery().Replace(Password().Replace(text, "${before}***@"), "***");

    // From the first colon behind the scheme to the last @ before the path: a password may hold an @ that should have been escaped. Or a slash: then what
    // looks like the path belongs to it, unless what stands before is a port.
    [GeneratedRegex(@"(?<before>[A-Za-z][A-Za-z0-9+.-]*://[^:@/\s]*:)(?:[^\s/]*@|(?!\d+/)[^\s""]*@)", RegexOptions.CultureInvariant)]
    private static partial Regex Password();

    [GeneratedRegex(@"(?<=[?&](?:password|pwd|passwd)=)[^&\s""]+", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex InQuery();
}
