using System.Text;

namespace Diabetes.Nodes.Tests.Support.Logs;

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

        using var reader = new StreamReader(Open(path), Encoding.UTF8);
        return reader.ReadToEnd().Split('\n')[..^1];
    }

    /// <summary>How many whole lines there are, without making them.</summary>
    public static int CountLines(string path)
    {
        if (!File.Exists(path))
        {
            return 0;
        }

        using var file = Open(path);
        var (lines, buffer) = (0, new byte[64 * 1024]);
        while (file.Read(buffer) is > 0 and var read)
        {
            lines += buffer.AsSpan(0, read).Count((byte)'\n');
        }

        return lines;
    }

    private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
}
