using System.Buffers;
using Diabetes.Domain.Wire;
using Diabetes.Ledger.Disk;

namespace Diabetes.Ledger.Quarantine;

/// <summary>
/// Writes the quarantine to a file of newline-delimited JSON. Several nodes may share the file: a lock lets one write at a time, and each
/// batch opens and closes it, so lines do not mix, and a file that was moved away is created again.
/// </summary>
/// <remarks>
/// The lock is on an empty file beside it, <c>.lock</c>: a lock on the file itself would keep readers out. It is needed, because
/// .NET appends at the position that was the end when the file was opened, so two writers at once would overwrite each other.
/// </remarks>
/// <param name="path">The file. Its folder is created if it is missing.</param>
/// <param name="limit">Bytes. A larger file is renamed to <c>.1</c> before the next write, replacing the one before.</param>
public sealed class QuarantineFile(string path, long limit = 64 << 20) : IQuarantine
{
    /// <summary>Bytes of a body that are kept; <c>size</c> in the line says how many it had. The set-aside queue has all of them.</summary>
    public const int KeptBytes = 4096;

    /// <summary>Its name in the folder of a node's logs.</summary>
    public const string Name = "quarantine.ndjson";

    /// <summary>How long to wait for the lock. Others hold it for milliseconds, unless the disk hangs.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public void Append(IReadOnlyList<QuarantineEntry> entries)
    {
        var lines = new ArrayBufferWriter<byte>();
        foreach (var entry in entries)
        {
            SetAsideFormat.Write(entry, KeptBytes, lines);
            lines.Write("\n"u8);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        Array.ForEach(FilesOf(path), LocalDisk.ThrowIfLink);
        using var @lock = TakeLock();
        if (File.Exists(path) && new FileInfo(path).Length > limit)
        {
            File.Move(path, FullOf(path), overwrite: true);
            LocalDisk.Instance.SyncFolder(ParentFolder.Of(path));
        }

        using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        file.Write(lines.WrittenSpan);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Names all files that a quarantine at this path may make.</summary>
    internal static string[] FilesOf(string path) => [path, FullOf(path), LockOf(path)];

    private static string FullOf(string path) => path + ".1";

    private static string LockOf(string path) => path + ".lock";

    private FileStream TakeLock()
    {
        FileStream? @lock = null;
        IOException? held = null;
        return SpinWait.SpinUntil(TryOpen, Patience)
            ? @lock!
            : throw new IOException(
                $"Could not lock '{LockOf(path)}' within {Patience.TotalSeconds} s: {held?.Message} "
                + "If another program has it open, close it.",
                held);

        bool TryOpen()
        {
            try
            {
                @lock = new FileStream(LockOf(path), FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, bufferSize: 0);
            }
            catch (IOException taken)
            {
                held = taken;
            }

            return @lock is not null;
        }
    }
}
