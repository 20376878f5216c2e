using System.Buffers;
using System.Globalization;
using Diabetes.Amqp.Messages;
using Diabetes.Domain.Wire;

namespace Diabetes.Hosting.Quarantine;

/// <summary>
/// Writes and reads a message of the set-aside queue: the bytes as they came (the first of them, if they were too many), with headers
/// that say where from, when and why. The body is no longer than it was, so a broker that took the message takes it again. Described in
/// <c>docs/wire-format.md</c>.
/// </summary>
public static class SetAsideLetter
{
    private const string Time = "set-aside-time";
    private const string Queue = "set-aside-queue";
    private const string Reason = "set-aside-reason";
    private const string Detail = "set-aside-detail";
    private const string Size = "set-aside-size";

    /// <summary>Writes a set-aside message.</summary>
    public static void Write(QuarantineEntry entry, OutgoingMessage outgoing)
    {
        outgoing.Body.Write(entry.Body.Span);
        outgoing.Properties.SetHeader(Time, entry.At.ToUniversalTime().ToString("o", CultureInfo.InvariantCulture));
        outgoing.Properties.SetHeader(Queue, entry.Queue);
        outgoing.Properties.SetHeader(Reason, entry.Reason);
        outgoing.Properties.SetHeader(Detail, entry.Detail);
        outgoing.Properties.SetHeader(Size, entry.Size.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Reads a set-aside message and copies its body. Returns null if a header is missing or is no time or number.</summary>
    public static QuarantineEntry? Read(ReadOnlySpan<byte> body, IMessageProperties properties) =>
        properties.Header(Queue) is { } queue
        && properties.Header(Reason) is { } reason
        && properties.Header(Detail) is { } detail
        && int.TryParse(properties.Header(Size), CultureInfo.InvariantCulture, out var size)
        && DateTimeOffset.TryParseExact(
            properties.Header(Time), "o", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var at)
            ? new QuarantineEntry(at, queue, reason, detail, body.ToArray()) { Size = size }
            : null;
}
