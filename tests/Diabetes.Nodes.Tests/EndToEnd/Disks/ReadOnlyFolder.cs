namespace Diabetes.Nodes.Tests.EndToEnd.Disks;

/// <summary>A folder that is there and that one process cannot write to.</summary>
internal static class ReadOnlyFolder
{
    private const string Mounted = "mounted";
    private const string Forbidden = "forbidden";

    /// <summary>Those that this machine has.</summary>
    public static TheoryData<string> Kinds => Mounts.Allowed ? [Mounted, Forbidden] : [Forbidden];

    /// <summary>What a process is started by to have it.</summary>
    public static IReadOnlyList<string> Programs(string kind, string folder)
    {
        if (kind == Mounted)
        {
            return Mounts.Of(folder, "ro");
        }

        // Root may write everywhere, unless that right is taken from it.
        string[] withoutRights = Environment.IsPrivilegedProcess ? ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] : [];
        return ["sh", "-c", $"mkdir -m 555 '{folder}' && exec \"$@\"", "sh", .. withoutRights];
    }

    /// <summary>The system's words for it.</summary>
    public static string Reason(string kind) => kind == Mounted ? "Read-only file system" : "denied";
}
