using System.Runtime.InteropServices;
using Diabetes.Ledger.Disk;

namespace Diabetes.Ledger.Tests.Disk;

/// <summary>
/// A disk that remembers what was made durable and what only seems so, fails where it is told to, and can be crashed.
/// </summary>
internal sealed class MemoryDisk : IDisk
{
    private readonly Dictionary<string, MemoryFile> _files = [];
    private readonly HashSet<string> _locks = [];

    /// <summary>Every call that changes something, in order: "write metric_log.csv" and so on.</summary>
    public List<string> Calls { get; } = [];

    /// <summary>Asked before each call that changes something, with its number from 1 and its name; true fails it.</summary>
    public Func<int, string, bool> Fails { get; set; } = static (_, _) => false;

    /// <summary>How much of a write that fails is written all the same.</summary>
    public double TornAt { get; set; }

    public byte[] Bytes(string path) => [.. _files[path].Seen];

    public void Put(string path, byte[] bytes) =>
        _files[path] = new MemoryFile(this, path) { Seen = [.. bytes], Safe = bytes, Named = true };

    public void Delete(string path) => _files.Remove(path);

    /// <summary>The disk after a power cut: what was synced, and of the rest of each file as large a part as said.</summary>
    public MemoryDisk AfterPowerCut(double survives)
    {
        var next = new MemoryDisk();
        foreach (var (path, file) in _files.Where(file => file.Value.Named || survives > 0))
        {
            // What was cut off and not synced may be there again; what was added may be there in part.
            var seen = file.Seen.ToArray();
            var extra = Math.Max(0, seen.Length - file.Safe.Length);
            next.Put(survives > 0 ? path : file.FormerPath ?? path, extra > 0
                ? seen[..(file.Safe.Length + (int)(extra * survives))] : survives < 1 ? file.Safe : seen);
        }

        return next;
    }

    public void CreateFolder(string path) => Change("folder", path);

    public long? Length(string path) => _files.TryGetValue(path, out var file) ? file.Seen.Count : null;

    public IReadOnlyList<string> Names(string folder) =>
        [.. _files.Keys.Where(path => Path.GetDirectoryName(path) == folder).Select(static path => Path.GetFileName(path))];

    public void Rename(string from, string to)
    {
        Change("rename", from);
        if (_files.ContainsKey(to))
        {
            throw new IOException($"'{to}' exists.");
        }

        _files.Remove(from, out var file);
        _files[to] = file!;
        file!.FormerPath ??= from;
    }

    public IDiskFile Open(string path)
    {
        Change("open", path);
        if (!_files.TryGetValue(path, out var file))
        {
            _files[path] = file = new MemoryFile(this, path);
        }

        return file;
    }

    public IDiskFile? OpenToRead(string path) => _files.GetValueOrDefault(path);

    public IDisposable Lock(string path) =>
        _locks.Add(path) ? new Unlock(() => _locks.Remove(path)) : throw new IOException($"'{path}' is locked.");

    public void SyncFolder(string path)
    {
        Change("sync-folder", path);
        foreach (var file in _files.Values)
        {
            (file.Named, file.FormerPath) = (true, null);
        }
    }

    private void Change(string call, string path)
    {
        Calls.Add($"{call} {Path.GetFileName(path)}");
        if (Fails(Calls.Count, call))
        {
            throw new IOException($"No space left on device ({call}).");
        }
    }

    private sealed class Unlock(Action release) : IDisposable
    {
        public void Dispose() => release();
    }

    private sealed class MemoryFile(MemoryDisk disk, string path) : IDiskFile
    {
        private readonly HashSet<int> _dropped = [];

        public List<byte> Seen { get; set; } = [];

        public byte[] Safe { get; set; } = [];

        public bool Named { get; set; }

        /// <summary>Under which it is found after a power cut, until the folder is synced.</summary>
        public string? FormerPath { get; set; }

        public long Length => Seen.Count;

        public int Read(long position, Span<byte> destination)
        {
            var count = (int)Math.Clamp(Seen.Count - position, 0, destination.Length);
            Seen.GetRange((int)position, count).ToArray().CopyTo(destination);
            return count;
        }

        public void Write(long position, ReadOnlySpan<byte> bytes)
        {
            Assert.InRange(position, 0, Seen.Count);
            try
            {
                disk.Change("write", path);
            }
            catch (IOException)
            {
                Put(position, bytes[..(int)(bytes.Length * disk.TornAt)]);
                throw;
            }

            Put(position, bytes);
        }

        private void Put(long position, ReadOnlySpan<byte> bytes)
        {
            var end = (int)position + bytes.Length;
            CollectionsMarshal.SetCount(Seen, Math.Max(Seen.Count, end));
            bytes.CopyTo(CollectionsMarshal.AsSpan(Seen)[(int)position..]);
            _dropped.RemoveWhere(at => at >= position && at < end);
        }

        public void Truncate(long length)
        {
            disk.Change("truncate", path);
            Seen.RemoveRange((int)length, Seen.Count - (int)length);
            _dropped.RemoveWhere(at => at >= length);
        }

        public void Sync()
        {
            try
            {
                disk.Change("sync", path);
            }
            catch (IOException)
            {
                // What a failed sync was to bring to the disk is forgotten there, though everybody still sees it: only writing it again
                // helps.
                _dropped.UnionWith(Enumerable.Range(Safe.Length, Math.Max(0, Seen.Count - Safe.Length)));
                throw;
            }

            Safe = [.. Seen.Select((value, at) => _dropped.Contains(at) ? (byte)0 : value)];
        }

        public void Dispose()
        {
        }
    }
}
