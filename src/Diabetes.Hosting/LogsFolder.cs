using Diabetes.Hosting.Configuration;
using Diabetes.Ledger.Disk;

namespace Diabetes.Hosting;

/// <summary>Prepares the folder of <c>logs.path</c>.</summary>
public static class LogsFolder
{
    /// <summary>Makes the folder if it does not exist, then makes a file in it and deletes it.</summary>
    /// <exception cref="SettingsException">The folder or the file cannot be made.</exception>
    public static void Prepare(Settings settings)
    {
        CreationMode.Set(settings.Get(NodeSettings.FileMode));
        var folder = Path.GetFullPath(settings.Get(NodeSettings.LogsPath));
        try
        {
            LocalDisk.Instance.CreateFolder(folder);
            var probe = Path.Combine(folder, $".probe-{Guid.NewGuid():N}");
            new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose).Dispose();
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException)
        {
            throw settings.Invalid(
                NodeSettings.LogsPath, $"a folder that this user can make and write to; {folder} is not: {unusable.Message}");
        }
    }
}
