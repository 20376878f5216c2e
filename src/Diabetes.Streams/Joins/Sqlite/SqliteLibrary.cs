using System.Runtime.InteropServices;
using SQLitePCL;

namespace Diabetes.Streams;

/// <summary>
/// Binds to the SQLite that the operating system has; none is shipped. The road not taken is a package with a native binary for every platform: it would have
/// to be watched for security fixes, which the system's own gets by itself.
/// </summary>
internal static class SqliteLibrary
{
    private const string AsThePackageCallsIt = "e_sqlite3";

    private static readonly string[] AsSystemsCallIt =
        OperatingSystem.IsWindows() ? ["winsqlite3"]
        : OperatingSystem.IsMacOS() ? ["libsqlite3.dylib"]
        : ["libsqlite3.so.0", "libsqlite3.so"];

    private static readonly Lazy<string> Version = new(Bind);

    /// <summary>Loads it on the first call, and says which version it is.</summary>
    /// <exception cref="StoreUnusableException">The system has none.</exception>
    public static string Load()
    {
        try
        {
            return Version.Value;
        }
        catch (DllNotFoundException fault)
        {
            throw new StoreUnusableException(
                $"SQLite is not installed: looked for {string.Join(" and ", AsSystemsCallIt)}. Install it (Debian: apt-get install libsqlite3-0).", fault);
        }
    }

    private static string Bind()
    {
        NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, static (name, assembly, path) =>
        {
            if (name == AsThePackageCallsIt)
            {
                foreach (var candidate in AsSystemsCallIt)
                {
                    if (NativeLibrary.TryLoad(candidate, assembly, path, out var handle))
                    {
                        return handle;
                    }
                }
            }

            return 0;
        });
        raw.SetProvider(new SQLite3Provider_e_sqlite3());
        return raw.sqlite3_libversion().utf8_to_string();
    }
}
