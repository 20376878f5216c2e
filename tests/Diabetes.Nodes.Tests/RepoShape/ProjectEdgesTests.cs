namespace Diabetes.Nodes.Tests.RepoShape;

/// <summary>Which project may see which. A project sees only what it names: the build turns transitive references off.</summary>
public sealed class ProjectEdgesTests
{
    private static readonly string[] Node = ["Diabetes.Actors", "Diabetes.Domain", "Diabetes.Hosting", "Diabetes.Streams"];

    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Diabetes.Actors"] = [],
        ["Diabetes.Domain"] = [],
        ["Diabetes.Streams"] = [],
        ["Diabetes.Hosting"] = ["Diabetes.Actors", "Diabetes.Streams"],
        ["Diabetes.Features"] = Node,
        ["Diabetes.Model"] = Node,
        ["Diabetes.Metric"] = Node,
        ["Diabetes.Plot"] = Node,
        ["Diabetes.AllInOne"] =
        [
            "Diabetes.Actors", "Diabetes.Features", "Diabetes.Hosting", "Diabetes.Metric", "Diabetes.Model", "Diabetes.Plot", "Diabetes.Streams",
        ],
        ["Diabetes.Cli"] = ["Diabetes.Domain", "Diabetes.Hosting", "Diabetes.Streams"],
    };

    [Fact]
    public void Projects_OfSrc_AreThoseOfTheHouse() =>
        Assert.Equal(Allowed.Keys.Order(), Repo.Projects.Where(project => project.IsSource).Select(project => project.Name).Order());

    [Fact]
    public void Projects_EveryEdge_IsAllowed() => Assert.Empty(Repo.Projects.SelectMany(Violations));

    [Fact]
    public void Build_TransitiveReferences_AreOff() => Assert.Contains(
        "<DisableTransitiveProjectReferences>true</DisableTransitiveProjectReferences>",
        File.ReadAllText(Path.Combine(Repo.Root, "Directory.Build.props")));

    [Theory]
    [InlineData("src", "Diabetes.Metric", "src", "Diabetes.Model", "Diabetes.Metric may not refer to Diabetes.Model")]
    [InlineData("src", "Diabetes.Domain", "src", "Diabetes.Actors", "Diabetes.Domain may not refer to Diabetes.Actors")]
    [InlineData("src", "Diabetes.Cli", "src", "Diabetes.Actors", "Diabetes.Cli may not refer to Diabetes.Actors")]
    [InlineData("tests", "Diabetes.Actors.Tests", "src", "Diabetes.Plot", null)]
    [InlineData("tests", "Diabetes.Actors.Tests", "tests", "Diabetes.TestKit", null)]
    [InlineData("tests", "Diabetes.TestKit", "src", "Diabetes.Domain", "Diabetes.TestKit may not refer to Diabetes.Domain")]
    [InlineData("src", "Diabetes.Plot", "tests", "Diabetes.TestKit", "Diabetes.Plot may not refer to Diabetes.TestKit")]
    [InlineData("bench", "Diabetes.Bench", "tests", "Diabetes.Actors.Tests", "Diabetes.Bench may not refer to Diabetes.Actors.Tests")]
    public void Violations_Edge_IsJudged(string top, string from, string otherTop, string to, string? violation)
    {
        var project = new ProjectFile($"{top}/{from}/{from}.csproj", $"""<Project><ItemGroup><ProjectReference Include="../../{otherTop}/{to}/{to}.csproj" /></ItemGroup></Project>""");

        Assert.Equal(violation is null ? [] : [violation], Violations(project));
    }

    // Tests and benchmarks see any source and the kit; nothing sees a test.
    private static IEnumerable<string> Violations(ProjectFile project)
    {
        string[] allowed = project switch
        {
            { IsSource: true } => Allowed.GetValueOrDefault(project.Name) ?? [],
            { Name: "Diabetes.TestKit" } => ["Diabetes.Actors"],
            _ => [.. Allowed.Keys, "Diabetes.TestKit"],
        };
        return project.Projects.Except(allowed).Select(other => $"{project.Name} may not refer to {other}");
    }
}
