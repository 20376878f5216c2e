using System.Text.Json;

namespace Diabetes.Nodes.Tests.Support.Logs;

/// <summary>One entry of a quarantine.</summary>
/// <param name="Queue">Where the message came from.</param>
/// <param name="Reason">One word.</param>
/// <param name="Detail">A sentence.</param>
/// <param name="Size">Bytes of the message.</param>
/// <param name="Body">Its first bytes, decoded.</param>
internal sealed record QuarantineLine(string Queue, string Reason, string Detail, int Size, byte[] Body)
{
    /// <exception cref="JsonException">The line is not JSON.</exception>
    public static QuarantineLine Parse(string line)
    {
        using var json = JsonDocument.Parse(line);
        var entry = json.RootElement;
        Assert.True(entry.GetProperty("time").TryGetDateTimeOffset(out _), $"No time in {line}");
        return new QuarantineLine(
            entry.GetProperty("queue").GetString()!,
            entry.GetProperty("reason").GetString()!,
            entry.GetProperty("detail").GetString()!,
            entry.GetProperty("size").GetInt32(),
            entry.GetProperty("body").GetBytesFromBase64());
    }
}
