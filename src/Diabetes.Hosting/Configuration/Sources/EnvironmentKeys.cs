using Diabetes.Hosting.Configuration.Hocon;

namespace Diabetes.Hosting.Configuration.Sources;

/// <summary>Reads the environment variables that set keys: <c>DIABETES__FEATURES__LABEL_DELAY</c> is <c>features.label-delay</c>.</summary>
internal static class EnvironmentKeys
{
    private const string Prefix = "DIABETES__";
    private const string Origin = "environment variable ";

    /// <summary>Makes a document of the variables. Upper and lower case are the same, as on Windows.</summary>
    public static HoconObject Read(IReadOnlyDictionary<string, string> environment)
    {
        var result = new HoconObject(new HoconOrigin("environment", 0));
        foreach (var (name, value) in environment.OrderBy(variable => variable.Key, StringComparer.Ordinal))
        {
            if (name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            {
                var origin = new HoconOrigin(Origin + name, 0);
                result.Assign(KeyOf(name), new HoconLiteral(origin, HoconLiteralKind.String, value));
            }
        }

        return result;
    }

    /// <summary>Names the variable that sets a key.</summary>
    public static string NameOf(string path) => Prefix + path.Replace(".", "__").Replace('-', '_').ToUpperInvariant();

    public static bool Is(HoconOrigin origin) => origin.Source.StartsWith(Origin + Prefix, StringComparison.OrdinalIgnoreCase);

    private static HoconPath KeyOf(string name) =>
        new([.. name[Prefix.Length..].Split("__").Select(key => key.ToLowerInvariant().Replace('_', '-'))]);
}
