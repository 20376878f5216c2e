using System.Buffers;
using System.Text.Json;

namespace Diabetes.Domain.Wire;

/// <summary>
/// Writes set-aside messages as the quarantine file keeps them, and names the queue beside theirs that keeps them whole. Described in
/// <c>docs/wire-format.md</c>.
/// </summary>
public static class SetAsideFormat
{
    /// <summary>The suffix that is added to the name of a queue to name the queue of its set-aside messages.</summary>
    public const string Suffix = ".dead";

    /// <summary>Returns the name of the queue of a queue's set-aside messages.</summary>
    public static string QueueOf(string queue) => queue + Suffix;

    /// <summary>
    /// Writes a set-aside message as one JSON object with at most <paramref name="kept"/> bytes of the body. The member <c>size</c> has the
    /// full length.
    /// </summary>
    public static void Write(QuarantineEntry entry, int kept, IBufferWriter<byte> body)
    {
        using var json = new Utf8JsonWriter(body);
        json.WriteStartObject();
        json.WriteString("time", entry.At);
        json.WriteString("queue", entry.Queue);
        json.WriteString("reason", entry.Reason);
        json.WriteString("detail", entry.Detail);
        json.WriteNumber("size", entry.Size);
        json.WriteBase64String("body", entry.Body.Span[..Math.Min(entry.Body.Length, kept)]);
        json.WriteEndObject();
        json.Flush();
    }
}

/// <summary>Describes a message that a node could not use.</summary>
/// <param name="At">The time at which it was set aside, in UTC.</param>
/// <param name="Queue">The queue it came from.</param>
/// <param name="Reason">One word that an operator can search for.</param>
/// <param name="Detail">One sentence that says what was found.</param>
/// <param name="Body">The bytes as they were received; of a message that is too large, only the first.</param>
public sealed record QuarantineEntry(DateTimeOffset At, string Queue, string Reason, string Detail, ReadOnlyMemory<byte> Body)
{
    /// <summary>The length of the message in bytes, which may be more than was kept of it.</summary>
    public int Size { get; init; } = Body.Length;
}
