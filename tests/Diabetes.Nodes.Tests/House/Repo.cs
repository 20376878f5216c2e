namespace Diabetes.Nodes.Tests.House;

/// <summary>The sources that these tests were built from.</summary>
internal static class Repo
{
    private static readonly string[] Made = ["bin", "obj", ".git", "logs", "TestResults"];

    public static string Root { get; } = Find();

    public static IReadOnlyList<ProjectFile> Projects { get; } =
        [.. Files("*.csproj").Select(file => new ProjectFile(file.Path, file.Text))];

    /// <summary>Every file that somebody wrote, with its path from the root and slashes between folders.</summary>
    public static IEnumerable<SourceFile> Files(string pattern) => Walk(Root, pattern).Select(path => new SourceFile(
        Path.GetRelativePath(Root, path).Replace('\\', '/'),
        File.ReadAllText(path)));

    private static IEnumerable<string> Walk(string folder, string pattern) => Directory.EnumerateFiles(folder, pattern).Concat(
        Directory.EnumerateDirectories(folder)
            .Where(inner => !Made.Contains(Path.GetFileName(inner)))
            .SelectMany(inner => Walk(inner, pattern)));

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Diabetes.Actors.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException(
                "These tests run within a clone: there is no Diabetes.Actors.sln above them.");
        }

        return folder.FullName;
    }
}
