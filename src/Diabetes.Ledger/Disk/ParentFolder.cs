namespace Diabetes.Ledger.Disk;

/// <summary>Names the folder that a file is in, as an absolute path.</summary>
internal static class ParentFolder
{
    public static string Of(string path) => Path.GetDirectoryName(Path.GetFullPath(path))!;
}
