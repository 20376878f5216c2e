namespace Diabetes.Ledger.Disk;

/// <summary>Files that are there whole, old or new: somebody may open one at any moment, and a crash leaves the old one.</summary>
public static class AtomicFile
{
    /// <summary>Writes beside the target, syncs, renames. Makes the folder if there is none.</summary>
    /// <exception cref="IOException">The disk did not take it; the old file is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or the file may not be written.</exception>
    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        var beside = Beside(path);
        try
        {
            using (var file = Create(beside))
            {
                file.Write(bytes);
                file.Flush(flushToDisk: true);
            }

            File.Move(beside, path, overwrite: true);
        }
        catch
        {
            File.Delete(beside);
            throw;
        }
    }

    /// <summary>The same for what does not fit in memory.</summary>
    /// <param name="path">The target.</param>
    /// <param name="write">Writes all of it; its answer is handed on.</param>
    /// <exception cref="IOException">The disk did not take it; the old file is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or the file may not be written.</exception>
    public static async Task<T> WriteAsync<T>(string path, Func<Stream, Task<T>> write)
    {
        var beside = Beside(path);
        try
        {
            T result;
            await using (var file = Create(beside))
            {
                result = await write(file).ConfigureAwait(false);
                file.Flush(flushToDisk: true);
            }

            File.Move(beside, path, overwrite: true);
            return result;
        }
        catch
        {
            File.Delete(beside);
            throw;
        }
    }

    /// <summary>A name of its own each time: two processes that make the same file must not write into each other's.</summary>
    private static string Beside(string path)
    {
        var folder = ParentFolder.Of(path);
        Directory.CreateDirectory(folder);
        return Path.Combine(folder, $".{Path.GetFileName(path)}.{Path.GetRandomFileName()}");
    }

    private static FileStream Create(string path) => new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
}
