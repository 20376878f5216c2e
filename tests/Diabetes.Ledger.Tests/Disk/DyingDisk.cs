using Diabetes.Ledger.Disk;

namespace Diabetes.Ledger.Tests.Disk;

/// <summary>
/// The disk of this machine, until the process that uses it dies: at the call that the test says, a write half done, and every call after
/// it.
/// </summary>
/// <param name="dies">Asked before each call that changes something, with its name.</param>
internal sealed class DyingDisk(Func<string, bool> dies) : IDisk
{
    public void CreateFolder(string path)
    {
        Step("folder");
        LocalDisk.Instance.CreateFolder(path);
    }

    public long? Length(string path) => LocalDisk.Instance.Length(path);

    public IReadOnlyList<string> Names(string folder) => LocalDisk.Instance.Names(folder);

    public void Rename(string from, string to)
    {
        Step("rename");
        LocalDisk.Instance.Rename(from, to);
    }

    public IDiskFile Open(string path)
    {
        Step("open");
        return new DyingFile(this, LocalDisk.Instance.Open(path));
    }

    public IDiskFile? OpenToRead(string path) => LocalDisk.Instance.OpenToRead(path);

    public IDisposable Lock(string path) => LocalDisk.Instance.Lock(path);

    public void SyncFolder(string path) => Step("sync-folder");

    private void Step(string call)
    {
        if (dies(call))
        {
            throw new IOException($"The end, at {call}.");
        }
    }

    /// <summary>Syncs nothing: what a process wrote outlives it all the same.</summary>
    private sealed class DyingFile(DyingDisk disk, IDiskFile file) : IDiskFile
    {
        private bool _torn;

        public long Length => file.Length;

        public int Read(long position, Span<byte> destination) => file.Read(position, destination);

        public void Write(long position, ReadOnlySpan<byte> bytes)
        {
            try
            {
                disk.Step("write");
            }
            catch (IOException) when (!_torn)
            {
                _torn = true;
                file.Write(position, bytes[..(bytes.Length / 2)]);
                throw;
            }

            file.Write(position, bytes);
        }

        public void Truncate(long length)
        {
            disk.Step("truncate");
            file.Truncate(length);
        }

        public void Sync() => disk.Step("sync");

        public void Dispose() => file.Dispose();
    }
}
