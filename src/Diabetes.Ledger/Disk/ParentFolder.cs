namespace Diabetes.Ledger.Disk;

/// <summary>The folder that a file is in, whatever way the file is named.</summary>
internal static class ParentFolder
{
    public static string Of(string path) => Path.GetDirectoryName(Path.GetFullPath(path))!;
}
