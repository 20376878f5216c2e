using System.Text;

namespace Diabetes.Nodes.Tests.Logs;

/// <summary>Reads files that somebody else is writing.</summary>
internal static class SharedFile
{
    /// <summary>Nothing where there is no file; a line without an end is not there yet.</summary>
    public static string[] WholeLines(string path)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(file, Encoding.UTF8);
        return reader.ReadToEnd().Split('\n')[..^1];
    }
}
