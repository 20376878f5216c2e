using Diabetes.Hosting.Configuration;

namespace Diabetes.Model;

/// <summary>The <c>model.*</c> keys.</summary>
public static class ModelSettings
{
    public static readonly Setting<string> File = Setting.Text("model.file");

    /// <summary>Null says nothing of the model.</summary>
    public static readonly Setting<string?> Name = Setting.Parsed<string?>("model.name", "a name without commas, quotes and control characters, or nothing", TryParseName);

    // What metric.models can name, which stands between commas.
    private static bool TryParseName(string text, out string? value)
    {
        value = text.Trim() is { Length: > 0 } name ? name : null;
        return !text.Any(c => c is ',' or '"' || char.IsControl(c));
    }
}
