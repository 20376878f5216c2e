namespace Diabetes.Cli;

/// <summary>Where the sources are, so that defaults work from any folder of a clone.</summary>
internal static class RepositoryRoot
{
    private const string Landmark = "Diabetes.Actors.sln";

    /// <summary>A path in the repository, from the working directory if that is in one.</summary>
    /// <exception cref="CliException">The working directory is in no clone.</exception>
    public static string Find(string path, string option)
    {
        for (var folder = new DirectoryInfo(Directory.GetCurrentDirectory()); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Landmark)))
            {
                return Path.GetRelativePath(Directory.GetCurrentDirectory(), Path.Combine(folder.FullName, path));
            }
        }

        throw new CliException($"No {Landmark} here or above, so {option} has no default. Run this in a clone, or say {option} FILE.");
    }
}
