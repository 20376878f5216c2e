using System.Buffers;
using System.Text.Json;

namespace Diabetes.Domain.Wire;

/// <summary>
/// A message set aside, as it waits in a queue of its own beside the one it came from: one JSON object, the line of the quarantine file with the
/// whole body in base64. Described in <c>docs/wire-format.md</c>.
/// </summary>
public static class SetAsideFormat
{
    /// <summary>What the name of the queue of dead letters has behind the name of the queue they came from.</summary>
    public const string Suffix = ".dead";

    /// <summary>Name of the queue where the dead letters of a queue wait.</summary>
    public static string QueueOf(string queue) => queue + Suffix;

    /// <summary>Writes the letter.</summary>
    public static void Write(QuarantineEntry entry, IBufferWriter<byte> body) => Write(entry, int.MaxValue, body);

    /// <summary>Writes the letter with at most <paramref name="kept"/> bytes of the body; <c>size</c> says how many there were.</summary>
    public static void Write(QuarantineEntry entry, int kept, IBufferWriter<byte> body)
    {
        using var json = new Utf8JsonWriter(body);
        json.WriteStartObject();
        json.WriteString("time", entry.At);
        json.WriteString("queue", entry.Queue);
        json.WriteString("reason", entry.Reason);
        json.WriteString("detail", entry.Detail);
        json.WriteNumber("size", entry.Body.Length);
        json.WriteBase64String("body", entry.Body.Span[..Math.Min(entry.Body.Length, kept)]);
        json.WriteEndObject();
        json.Flush();
    }

    /// <summary>Reads a letter. Returns null if the message is not a letter, or has lost a part of its body.</summary>
    public static QuarantineEntry? Read(ReadOnlySpan<byte> letter)
    {
        var reader = new Utf8JsonReader(letter);
        try
        {
            using var json = JsonDocument.ParseValue(ref reader);
            var root = json.RootElement;
            var entry = new QuarantineEntry(
                root.GetProperty("time").GetDateTimeOffset(),
                root.GetProperty("queue").GetString() ?? "",
                root.GetProperty("reason").GetString() ?? "",
                root.GetProperty("detail").GetString() ?? "",
                root.GetProperty("body").GetBytesFromBase64());
            return reader.BytesConsumed == letter.Length && root.GetProperty("size").GetInt32() == entry.Body.Length ? entry : null;
        }
        catch (Exception other) when (other is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}

/// <summary>A message that no node could use.</summary>
/// <param name="At">When it was set aside, UTC.</param>
/// <param name="Queue">The queue it came from.</param>
/// <param name="Reason">One word an operator can search for.</param>
/// <param name="Detail">What was found, in a sentence.</param>
/// <param name="Body">The bytes as they came.</param>
public sealed record QuarantineEntry(DateTimeOffset At, string Queue, string Reason, string Detail, ReadOnlyMemory<byte> Body);
