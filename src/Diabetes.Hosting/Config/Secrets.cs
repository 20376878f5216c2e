using System.Text.RegularExpressions;

namespace Diabetes.Hosting;

/// <summary>Keeps passwords out of messages.</summary>
public static partial class Secrets
{
    /// <summary>The text with the password of every URI in it replaced by <c>***</c>.</summary>
    public static string Mask(string text) => Password().Replace(text, "${before}***@");

    // From the first colon behind the scheme to the last @ before the path: a password may hold an @ that should have been escaped.
    [GeneratedRegex(@"(?<before>[A-Za-z][A-Za-z0-9+.-]*://[^:@/\s]*:)[^\s/]*@", RegexOptions.CultureInvariant)]
    private static partial Regex Password();
}
