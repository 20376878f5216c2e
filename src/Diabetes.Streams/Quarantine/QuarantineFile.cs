using System.Buffers;
using System.Text.Json;

namespace Diabetes.Streams;

/// <summary>
/// Quarantine as newline-delimited JSON. Several nodes may share the file: each batch is one append, opened and closed, so their lines do not
/// mix and a file that was moved away is simply begun anew.
/// </summary>
/// <param name="path">The file; its folder is made if need be.</param>
/// <param name="limit">Largest size of the file in bytes. Above it the file is moved to <c>.1</c>, over the one before.</param>
public sealed class QuarantineFile(string path, long limit = 64 << 20) : IQuarantine
{
    /// <summary>Bytes of a body that are kept; <c>size</c> says how many there were.</summary>
    public const int KeptBytes = 4096;

    public void Append(IReadOnlyList<QuarantineEntry> entries)
    {
        var lines = new ArrayBufferWriter<byte>();
        foreach (var entry in entries)
        {
            WriteLine(entry, lines);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        if (File.Exists(path) && new FileInfo(path).Length > limit)
        {
            File.Move(path, path + ".1", overwrite: true);
        }

        using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        file.Write(lines.WrittenSpan);
        file.Flush(flushToDisk: true);
    }

    private static void WriteLine(QuarantineEntry entry, ArrayBufferWriter<byte> lines)
    {
        using var json = new Utf8JsonWriter(lines);
        json.WriteStartObject();
        json.WriteString("time", entry.At);
        json.WriteString("queue", entry.Queue);
        json.WriteString("reason", entry.Reason);
        json.WriteString("detail", entry.Detail);
        json.WriteNumber("size", entry.Body.Length);
        json.WriteBase64String("body", entry.Body.Span[..Math.Min(entry.Body.Length, KeptBytes)]);
        json.WriteEndObject();
        json.Flush();
        lines.Write("\n"u8);
    }
}
