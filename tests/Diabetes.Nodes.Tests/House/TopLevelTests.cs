namespace Diabetes.Nodes.Tests.House;

public sealed class TopLevelTests
{
    private static readonly string[] Allowed =
    [
        "Diabetes.Actors.sln", "README.md", "docker-compose.yml", "global.json", "test.sh",
        "LICENSE", "Directory.Build.props", "Directory.Packages.props", "BannedSymbols.txt", ".editorconfig", ".gitignore", ".dockerignore",
        "src", "tests", "bench", "hocon", "logs", "docs", ".ci", ".github",
    ];

    // What tools leave, as .gitignore has it; and git's own.
    private static readonly string[] Ignored = [".git", ".vs", ".idea", "TestResults", "bin", "obj"];

    [Fact]
    public void Root_EveryEntry_IsOneOfTheHouse() =>
        Assert.Empty(Directory.EnumerateFileSystemEntries(Repo.Root).Select(Path.GetFileName).Except([.. Allowed, .. Ignored]));

    [Fact]
    public void Solution_EveryProject_IsInIt()
    {
        var solution = File.ReadAllText(Path.Combine(Repo.Root, "Diabetes.Actors.sln")).Replace('\\', '/');

        Assert.All(Repo.Projects, project => Assert.Contains($"\"{project.Path}\"", solution));
    }
}
