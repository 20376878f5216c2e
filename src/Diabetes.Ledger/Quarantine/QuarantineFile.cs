using Diabetes.Domain.Wire;
using System.Buffers;

namespace Diabetes.Ledger.Quarantine;

/// <summary>
/// Quarantine as newline-delimited JSON. Several nodes may share the file: each batch is one append, opened and closed, one writer at a time,
/// so their lines do not mix and a file that was moved away is simply begun anew.
/// </summary>
/// <remarks>
/// The turn is taken by a lock on an empty file beside it, <c>.lock</c>, and not on the file itself, which would keep readers out. It is needed:
/// .NET appends at the position that was the end when the file was opened, so two writers at once would write over each other.
/// </remarks>
/// <param name="path">The file; its folder is made if need be.</param>
/// <param name="limit">Largest size of the file in bytes. Above it the file is moved to <c>.1</c>, over the one before.</param>
public sealed class QuarantineFile(string path, long limit = 64 << 20) : IQuarantine
{
    /// <summary>Bytes of a body that are kept; <c>size</c> says how many there were. The dead letter has them all.</summary>
    public const int KeptBytes = 4096;

    /// <summary>Its name in the folder of a node's logs.</summary>
    public const string Name = "quarantine.ndjson";

    /// <summary>Others write for milliseconds; a lock held longer is a disk that hangs.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(1);

    public void Append(IReadOnlyList<QuarantineEntry> entries)
    {
        var lines = new ArrayBufferWriter<byte>();
        foreach (var entry in entries)
        {
            SetAsideFormat.Write(entry, KeptBytes, lines);
            lines.Write("\n"u8);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        using var turn = TakeTurn();
        if (File.Exists(path) && new FileInfo(path).Length > limit)
        {
            File.Move(path, FullOf(path), overwrite: true);
        }

        using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        file.Write(lines.WrittenSpan);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Names all files that a quarantine at this path may make.</summary>
    internal static string[] FilesOf(string path) => [path, FullOf(path), LockOf(path)];

    private static string FullOf(string path) => path + ".1";

    private static string LockOf(string path) => path + ".lock";

    private FileStream TakeTurn()
    {
        FileStream? turn = null;
        IOException? held = null;
        return SpinWait.SpinUntil(TryOpen, Patience) ? turn! : throw new IOException($"Nobody can write to {path}: {held?.Message}", held);

        bool TryOpen()
        {
            try
            {
                turn = new FileStream(LockOf(path), FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, bufferSize: 0);
            }
            catch (IOException taken)
            {
                held = taken;
            }

            return turn is not null;
        }
    }
}
