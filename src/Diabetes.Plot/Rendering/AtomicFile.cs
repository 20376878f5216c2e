namespace Diabetes.Plot;

/// <summary>Files that are there whole, old or new: a viewer may open one at any moment, and a crash leaves the old one.</summary>
internal static class AtomicFile
{
    /// <summary>Writes beside the target, syncs, renames. Makes the folder if there is none.</summary>
    /// <exception cref="IOException">The disk did not take it; the old file is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or the file may not be written.</exception>
    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder);
        // A name of its own: two nodes that draw the same picture must not write into each other's file.
        var beside = Path.Combine(folder, $".{Path.GetFileName(path)}.{Path.GetRandomFileName()}");
        try
        {
            using (var file = new FileStream(beside, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0))
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
}
