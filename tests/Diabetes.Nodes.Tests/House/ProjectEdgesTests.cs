namespace Diabetes.Nodes.Tests.House;

/// <summary>Which project may see which. A project sees only what it names: the build turns transitive references off.</summary>
public sealed class ProjectEdgesTests
{
    private static readonly string[] Node = ["Diabetes.Domain", "Diabetes.Amqp", "Diabetes.Ledger", "Diabetes.Hosting"];

    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Diabetes.Domain"] = [],
        ["Diabetes.Amqp"] = [],
        ["Diabetes.Ledger"] = ["Diabetes.Domain"],
        ["Diabetes.Hosting"] = ["Diabetes.Domain", "Diabetes.Amqp", "Diabetes.Ledger"],
        ["Diabetes.Features"] = Node,
        ["Diabetes.Model"] = Node,
        ["Diabetes.Metric"] = Node,
        ["Diabetes.Plot"] = Node,
        ["Diabetes.AllInOne"] =
        [
            "Diabetes.Features", "Diabetes.Hosting", "Diabetes.Metric", "Diabetes.Model", "Diabetes.Plot",
            "Diabetes.Amqp", "Diabetes.Ledger",
        ],
        ["Diabetes.Cli"] = Node,
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
    [InlineData("src", "Diabetes.Domain", "src", "Diabetes.Amqp", "Diabetes.Domain may not refer to Diabetes.Amqp")]
    [InlineData("src", "Diabetes.Cli", "src", "Diabetes.Metric", "Diabetes.Cli may not refer to Diabetes.Metric")]
    [InlineData("tests", "Diabetes.Nodes.Tests", "src", "Diabetes.Plot", null)]
    [InlineData("tests", "Diabetes.Nodes.Tests", "tests", "Diabetes.Testing", null)]
    [InlineData("tests", "Diabetes.Testing", "src", "Diabetes.Domain", "Diabetes.Testing may not refer to Diabetes.Domain")]
    [InlineData("src", "Diabetes.Plot", "tests", "Diabetes.Testing", "Diabetes.Plot may not refer to Diabetes.Testing")]
    [InlineData("bench", "Diabetes.Bench", "tests", "Diabetes.Nodes.Tests", "Diabetes.Bench may not refer to Diabetes.Nodes.Tests")]
    public void Violations_Edge_IsJudged(string top, string from, string otherTop, string to, string? violation)
    {
        var project = new ProjectFile(
            $"{top}/{from}/{from}.csproj",
            $"""<Project><ItemGroup><ProjectReference Include="../../{otherTop}/{to}/{to}.csproj" /></ItemGroup></Project>""");

        Assert.Equal(violation is null ? [] : [violation], Violations(project));
    }

    // Tests and benchmarks see any source and the kit; nothing sees a test.
    private static IEnumerable<string> Violations(ProjectFile project)
    {
        string[] allowed = project switch
        {
            { IsSource: true } => Allowed.GetValueOrDefault(project.Name) ?? [],
            { Name: "Diabetes.Testing" } => ["Diabetes.Hosting"],
            _ => [.. Allowed.Keys, "Diabetes.Testing"],
        };
        return project.Projects.Except(allowed).Select(other => $"{project.Name} may not refer to {other}");
    }
}
