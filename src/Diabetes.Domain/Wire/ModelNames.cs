using System.Text.Json;

namespace Diabetes.Domain.Wire;

/// <summary>Keeps the last model's name, so that a queue with the predictions of one model creates one string.</summary>
internal sealed class ModelNames
{
    private string? _last;

    /// <summary>Returns the name at the reader; null if it is not a string, or empty.</summary>
    public string? Read(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.String)
        {
            return null;
        }

        var last = Volatile.Read(ref _last);
        if (last is not null && json.ValueTextEquals(last))
        {
            return last;
        }

        var name = json.GetString();
        if (string.IsNullOrEmpty(name))
        {
            return null;
        }

        Volatile.Write(ref _last, name);
        return name;
    }
}
