using System.Text.Json;

namespace Diabetes.Domain.Wire;

/// <summary>Keeps the last model's name, so that a queue with the predictions of one model creates one string.</summary>
internal sealed class ModelNames
{
    /// <summary>
    /// The longest name in bytes. Whoever may publish predictions could otherwise make every half that waits, in memory and in the store,
    /// as large as a message may be.
    /// </summary>
    private const int Longest = 256;

    private string? _last;

    /// <summary>Returns the name at the reader; null if it is not a string, empty or too long.</summary>
    public string? Read(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.String || json.ValueSpan.Length > Longest)
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
