using System.Text.Json;

namespace Diabetes.Domain.Wire;

/// <summary>Keeps the last model's name, so that a queue on which one model speaks makes one string of it.</summary>
internal sealed class ModelNames
{
    private string? _last;

    /// <summary>The name that the reader stands on; null if it is no string, or empty.</summary>
    public string? Read(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.String) return null;
        var last = Volatile.Read(ref _last);
        if (last is not null && json.ValueTextEquals(last)) return last;
        var name = json.GetString();
        if (string.IsNullOrEmpty(name)) return null;
        Volatile.Write(ref _last, name);
        return name;
    }
}
