using Diabetes.Hosting.Configuration;

namespace Diabetes.Model;

/// <summary>Declares the <c>model.*</c> keys.</summary>
public static class ModelSettings
{
    /// <summary>The path of the model file; empty means the one that is installed with the node.</summary>
    public static readonly Setting<string> File = Setting.Text("model.file");

    /// <summary>The model's name in every prediction; null means that predictions carry no name.</summary>
    public static readonly Setting<string?> Name = Setting.Parsed<string?>(
        "model.name", "a name without commas, quotes and control characters, or nothing", TryParseName);

    // metric.models lists names separated by commas, so a name has no comma.
    private static bool TryParseName(string text, out string? value)
    {
        value = text.Trim() is { Length: > 0 } name ? name : null;
        return !text.Any(c => c is ',' or '"' || char.IsControl(c));
    }
}
