namespace Diabetes.Ledger.Disk;

/// <summary>Uses the file system of this machine.</summary>
public sealed class LocalDisk : IDisk
{
    private LocalDisk()
    {
    }

    /// <summary>The only instance; it has no state.</summary>
    public static LocalDisk Instance { get; } = new();

    /// <inheritdoc/>
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

    /// <inheritdoc/>
    public long? Length(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? file.Length : null;
    }

    /// <inheritdoc/>
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

    /// <inheritdoc/>
    /// <remarks>
    /// Checks for the new name first, and then moves with overwrite: File.Move without overwrite links the new name and then unlinks the
    /// old one, and a crash in between leaves both. No other process creates such names in the folder.
    /// </remarks>
    public void Rename(string from, string to)
    {
        if (File.Exists(to))
        {
            throw new IOException($"'{from}' cannot be renamed to '{to}', because that file exists. Move it away.");
        }

        Allowed(() =>
        {
            File.Move(from, to, overwrite: true);
            return to;
        });
    }

    /// <inheritdoc/>
    public IDiskFile Open(string path)
    {
        ThrowIfLink(path);
        return new LocalDiskFile(Allowed(() => File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read)));
    }

    /// <inheritdoc/>
    public IDiskFile? OpenToRead(string path)
    {
        try
        {
            return new LocalDiskFile(
                Allowed(() => File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete)));
        }
        catch (IOException missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public IDisposable Lock(string path)
    {
        ThrowIfLink(path);
        return Allowed(() => File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
    }

    /// <inheritdoc/>
    public void SyncFolder(string path)
    {
        // Windows has no fsync of folders, and its file systems journal names themselves.
        if (!OperatingSystem.IsWindows())
        {
            PosixFolder.Sync(path);
        }
    }

    /// <summary>
    /// Refuses a file that is a symbolic link: whoever may write to the folder could make this process write to any file of its user. The
    /// folder itself may be a link.
    /// </summary>
    /// <exception cref="IOException">It is one.</exception>
    internal static void ThrowIfLink(string path)
    {
        if (new FileInfo(path).LinkTarget is { } target)
        {
            throw new IOException($"'{path}' is a symbolic link (to '{target}'), which is not followed. Remove it; " +
                "to keep the data elsewhere, set logs.path.");
        }
    }

    /// <summary>Turns .NET's exception for missing rights into an IOException, so that callers catch one kind.</summary>
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
