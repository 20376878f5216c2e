using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Diabetes.Hosting.Configuration;

/// <summary>The keys of a node's process: its folder, its set-aside messages, the time it may take to stop.</summary>
public static class NodeSettings
{
    /// <summary>Folder for what a run leaves: the ledger, the picture, the quarantine.</summary>
    public static readonly Setting<string> LogsPath = Setting.Parsed<string>("logs.path", "the path of a folder", TryParsePath);

    /// <summary>The mode of the files that a run leaves. Folders can also be entered by those who may read.</summary>
    public static readonly Setting<UnixFileMode> FileMode = Setting.Parsed<UnixFileMode>(
        "logs.file-mode", "an octal mode in quotes that lets the owner read and write, such as \"0640\"", TryParseMode);

    /// <summary>The largest number of set-aside messages in one queue. With 0 they are in the quarantine file only.</summary>
    public static readonly Setting<int> SetAsideLimit = Setting.Integer("dead-letters.limit", 0, 100_000);

    /// <summary>How long a node may take to stop.</summary>
    public static readonly Setting<TimeSpan> DrainTimeout = Setting.Duration(
        "drain-timeout", TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));

    /// <summary>Names a file in the folder for what a run leaves.</summary>
    public static string LogFile(this Settings settings, string name) => Path.Combine(settings.Get(LogsPath), name);

    /// <summary>
    /// Reads the name of a file. File systems allow 255 bytes, and a node adds to it (<c>.tmp</c>, the number of a segment).
    /// </summary>
    public static bool TryParseFileName(string text, [MaybeNullWhen(false)] out string value) =>
        TryParsePath(text, out value) && Path.GetFileName(text) == text && text is not ("." or "..")
        && Encoding.UTF8.GetByteCount(text) <= 200;

    private static bool TryParseMode(string text, out UnixFileMode value)
    {
        value = default;
        if (text.Length is < 3 or > 4 || text.AsSpan().ContainsAnyExceptInRange('0', '7') || (text.Length == 4 && text[0] != '0'))
        {
            return false;
        }

        value = (UnixFileMode)Convert.ToInt32(text, 8);
        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        const UnixFileMode Execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        return (value & Owner) == Owner && (value & Execute) == 0;
    }

    private static bool TryParsePath(string text, [MaybeNullWhen(false)] out string value)
    {
        value = text;
        return !string.IsNullOrWhiteSpace(text) && !text.Contains('\0');
    }
}
