using System.Buffers;
using System.Text.Json;

namespace Diabetes.Domain.Wire;

/// <summary>
/// Reads and writes set-aside messages as they are kept in a queue beside the one they came from: one JSON object, the same as a line of
/// the quarantine file but with the whole body in base64. Described in <c>docs/wire-format.md</c>.
/// </summary>
public static class SetAsideFormat
{
    /// <summary>The suffix that is added to the name of a queue to name the queue of its set-aside messages.</summary>
    public const string Suffix = ".dead";

    /// <summary>Returns the name of the queue of a queue's set-aside messages.</summary>
    public static string QueueOf(string queue) => queue + Suffix;

    /// <summary>Writes a set-aside message.</summary>
    public static void Write(QuarantineEntry entry, IBufferWriter<byte> body) => Write(entry, int.MaxValue, body);

    /// <summary>
    /// Writes a set-aside message with at most <paramref name="kept"/> bytes of the body. The member <c>size</c> has the full length.
    /// </summary>
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

    /// <summary>Reads a set-aside message. Returns null if the bytes are not one, or if a part of its body is missing.</summary>
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

/// <summary>Describes a message that a node could not use.</summary>
/// <param name="At">The time at which it was set aside, in UTC.</param>
/// <param name="Queue">The queue it came from.</param>
/// <param name="Reason">One word that an operator can search for.</param>
/// <param name="Detail">One sentence that says what was found.</param>
/// <param name="Body">The bytes as they were received.</param>
public sealed record QuarantineEntry(DateTimeOffset At, string Queue, string Reason, string Detail, ReadOnlyMemory<byte> Body);
