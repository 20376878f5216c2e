namespace Diabetes.Ledger.Disk;

/// <summary>Replaces files as a whole: a reader sees the old file or the new one, and so does a restart after a crash.</summary>
public static class AtomicFile
{
    /// <summary>Writes a temporary file beside the target, syncs it (fsync) and renames it. Creates the folder if it is missing.</summary>
    /// <exception cref="IOException">The disk refuses; the old file is unchanged, unless only the sync of its folder failed.</exception>
    /// <exception cref="UnauthorizedAccessException">The node has no right to write the folder or the file.</exception>
    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        var temporary = TemporaryFor(path);
        try
        {
            using (var file = Create(temporary))
            {
                file.Write(bytes);
                file.Flush(flushToDisk: true);
            }

            Replace(path, temporary);
        }
        catch (Exception fault)
        {
            Discard(temporary);
            ThrowIfNamed(temporary, path, fault);
            throw;
        }
    }

    /// <summary>Does the same for content that does not fit in memory.</summary>
    /// <param name="path">The target.</param>
    /// <param name="write">Writes the content; its result is returned.</param>
    /// <exception cref="IOException">The disk refuses; the old file is unchanged, unless only the sync of its folder failed.</exception>
    /// <exception cref="UnauthorizedAccessException">The node has no right to write the folder or the file.</exception>
    public static async Task<T> WriteAsync<T>(string path, Func<Stream, Task<T>> write)
    {
        var temporary = TemporaryFor(path);
        try
        {
            T result;
            await using (var file = Create(temporary))
            {
                result = await write(file).ConfigureAwait(false);
                file.Flush(flushToDisk: true);
            }

            Replace(path, temporary);
            return result;
        }
        catch (Exception fault)
        {
            Discard(temporary);
            ThrowIfNamed(temporary, path, fault);
            throw;
        }
    }

    private static void Discard(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception again) when (again is IOException or UnauthorizedAccessException)
        {
            // The first fault says what is wrong.
        }
    }

    private static void Replace(string path, string temporary)
    {
        File.Move(temporary, path, overwrite: true);
        LocalDisk.Instance.SyncFolder(ParentFolder.Of(path));
    }

    /// <summary>
    /// Throws an error that names the target if this one names the temporary file, whose name differs each time: callers log a message once
    /// as long as it stays the same.
    /// </summary>
    private static void ThrowIfNamed(string temporary, string path, Exception fault)
    {
        var message = fault.Message.Replace(temporary, path, StringComparison.Ordinal);
        if (message == fault.Message)
        {
            return;
        }

        switch (fault)
        {
            case UnauthorizedAccessException:
                throw new UnauthorizedAccessException(message, fault);
            case IOException:
                throw new IOException(message, fault) { HResult = fault.HResult };
        }
    }

    /// <summary>Names the temporary file, each time anew: two processes that write the same target must not share it.</summary>
    private static string TemporaryFor(string path)
    {
        var folder = ParentFolder.Of(path);
        Directory.CreateDirectory(folder);
        return Path.Combine(folder, $".{Path.GetFileName(path)}.{Path.GetRandomFileName()}");
    }

    private static FileStream Create(string path) => new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
}
