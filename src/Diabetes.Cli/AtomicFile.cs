namespace Diabetes.Cli;

/// <summary>Files that are there whole or not at all: a node may load one at any moment.</summary>
internal static class AtomicFile
{
    /// <summary>Writes beside the target and renames. Makes the folder if there is none.</summary>
    public static void Write(string path, byte[] bytes)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder);
        var beside = Path.Combine(folder, $".{Path.GetFileName(path)}.new");
        File.WriteAllBytes(beside, bytes);
        File.Move(beside, path, overwrite: true);
    }
}
