using System.Runtime.InteropServices;

namespace Diabetes.Ledger.Disk;

/// <summary>Sets who may read and write the files and folders that this process creates from now on, by its umask.</summary>
public static partial class CreationMode
{
    private const UnixFileMode Reads = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const int All = 0x1ff;

    /// <summary>
    /// Sets the mode of files, such as 0640. Folders can also be entered by those who may read. SQLite's files follow it too. Does nothing
    /// on Windows.
    /// </summary>
    public static void Set(UnixFileMode files)
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = Umask(All & ~((int)files | ((int)(files & Reads) >> 2)));
        }
    }

    [LibraryImport("libc", EntryPoint = "umask")]
    private static partial int Umask(int mask);
}
