namespace Diabetes.Streams;

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

    public IDiskFile Open(string path) =>
        new LocalDiskFile(Allowed(() => File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read)));

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
