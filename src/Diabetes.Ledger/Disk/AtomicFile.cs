namespace Diabetes.Ledger.Disk;

/// <summary>Replaces files as a whole: a reader sees the old file or the new one, and so does a restart after a crash.</summary>
public static class AtomicFile
{
    /// <summary>Writes a temporary file beside the target, syncs it (fsync) and renames it. Creates the folder if it is missing.</summary>
    /// <exception cref="IOException">The disk refuses; the old file is unchanged.</exception>
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

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Does the same for content that does not fit in memory.</summary>
    /// <param name="path">The target.</param>
    /// <param name="write">Writes the content; its result is returned.</param>
    /// <exception cref="IOException">The disk refuses; the old file is unchanged.</exception>
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

            File.Move(temporary, path, overwrite: true);
            return result;
        }
        catch
        {
            File.Delete(temporary);
            throw;
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
