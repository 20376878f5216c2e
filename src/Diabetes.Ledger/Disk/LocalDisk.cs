namespace Diabetes.Ledger.Disk;

/// <summary>The file system of this machine.</summary>
public sealed class LocalDisk : IDisk
{
    private LocalDisk()
    {
    }

    public static LocalDisk Instance { get; } = new();

    public void CreateFolder(string path)
    {
        var missing = new Stack<string>();
        for (var folder = Path.GetFullPath(path); folder is not null && !Directory.Exists(folder); folder = Path.GetDirectoryName(folder))
        {
            missing.Push(folder);
        }

        foreach (var folder in missing)
        {
            Allowed(() => Directory.CreateDirectory(folder));
            SyncFolder(Path.GetDirectoryName(folder)!);
        }
    }

    public long? Length(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? file.Length : null;
    }

    public IReadOnlyList<string> Names(string folder)
    {
        try
        {
            return Allowed(() => Directory.EnumerateFiles(folder).Select(static path => Path.GetFileName(path)).ToList());
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }

    /// <summary>
    /// Looks for the other name first, and then moves as if it did not mind one: File.Move without that leave makes a second name and takes the first away, and a crash in
    /// between leaves both. Whoever renames is the only one in the folder who makes such names.
    /// </summary>
    public void Rename(string from, string to)
    {
        if (File.Exists(to))
        {
            throw new IOException($"'{from}' cannot become '{to}': there is such a file already.");
        }

        Allowed(() =>
        {
            File.Move(from, to, overwrite: true);
            return to;
        });
    }

    public IDiskFile Open(string path) =>
        new LocalDiskFile(Allowed(() => File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read)));

    public IDiskFile? OpenToRead(string path)
    {
        try
        {
            return new LocalDiskFile(Allowed(() => File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete)));
        }
        catch (IOException missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    public IDisposable Lock(string path) =>
        Allowed(() => File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));

    public void SyncFolder(string path)
    {
        // Windows has no such call, and its file systems journal names themselves.
        if (!OperatingSystem.IsWindows())
        {
            PosixFolder.Sync(path);
        }
    }

    /// <summary>.NET has an exception of another family for what is not permitted; callers of a disk have one road for all.</summary>
    private static T Allowed<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (UnauthorizedAccessException fault)
        {
            throw new IOException(fault.Message, fault);
        }
    }
}
