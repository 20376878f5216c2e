using System.Diagnostics;

namespace Diabetes.Nodes.Tests.EndToEnd.Disks;

/// <summary>Mounts that one process alone sees and that go with it.</summary>
internal static class Mounts
{
    private static readonly Lazy<bool> Tried = new(static () =>
    {
        string[] mount = ["--mount", "mount", "-t", "tmpfs", "tmpfs", Path.GetTempPath()];
        using var unshare = Process.Start(new ProcessStartInfo("unshare", mount) { RedirectStandardError = true })!;
        unshare.WaitForExit();
        return unshare.ExitCode == 0;
    });

    /// <summary>Whether this machine lets us mount.</summary>
    public static bool Allowed => Tried.Value;

    /// <summary>Starts a program that has a disk in memory in the place of a folder.</summary>
    /// <param name="folder">The folder; made if it is not there.</param>
    /// <param name="options">How it is mounted, such as size=8m.</param>
    public static IReadOnlyList<string> Of(string folder, string options)
    {
        Directory.CreateDirectory(folder);
        return ["unshare", "--mount", "sh", "-c", $"mount -t tmpfs -o {options} tmpfs '{folder}' && exec \"$@\"", "sh"];
    }
}
