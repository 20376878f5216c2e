using Microsoft.Win32.SafeHandles;

namespace Diabetes.Ledger.Disk;

/// <summary>Reads and writes a file of this machine by position.</summary>
internal sealed class LocalDiskFile(SafeFileHandle handle) : IDiskFile
{
    public long Length => RandomAccess.GetLength(handle);

    public int Read(long position, Span<byte> destination)
    {
        var read = 0;
        while (read < destination.Length && RandomAccess.Read(handle, destination[read..], position + read) is > 0 and var more)
        {
            read += more;
        }

        return read;
    }

    public void Write(long position, ReadOnlySpan<byte> bytes) => RandomAccess.Write(handle, bytes, position);

    public void Truncate(long length) => RandomAccess.SetLength(handle, length);

    public void Sync() => RandomAccess.FlushToDisk(handle);

    public void Dispose() => handle.Dispose();
}
