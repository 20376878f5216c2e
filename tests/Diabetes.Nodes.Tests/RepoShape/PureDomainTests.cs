using System.Text.RegularExpressions;

namespace Diabetes.Nodes.Tests.RepoShape;

/// <summary>The functional core: no async, no clock, no disk, no actors.</summary>
public sealed partial class PureDomainTests
{
    [Fact]
    public void Domain_EveryFile_IsPure() => Assert.Empty(Repo.CSharp.Where(file => file.Path.StartsWith("src/Diabetes.Domain/")).SelectMany(Impurities));

    [Theory]
    [InlineData("var x = File.ReadAllText(path);", "File")]
    [InlineData("using System.IO;\nvar x = new FileStream(p);", "FileStream")]
    [InlineData("Directory.CreateDirectory(p);", "Directory")]
    [InlineData("async () => 1", "async")]
    [InlineData("Task<int> F();", "Task")]
    [InlineData("var x = DateTime.MinValue;", "DateTime")]
    [InlineData("TimeProvider clock", "TimeProvider")]
    [InlineData("using Akka.Actor;", "Akka")]
    [InlineData("new Random()", "new Random()")]
    public void Impurities_Effect_IsFound(string code, string found) =>
        Assert.Equal([$"src/Diabetes.Domain/A.cs: {found}"], Impurities(new SourceFile("src/Diabetes.Domain/A.cs", code)));

    [Theory]
    [InlineData("// async File")]
    [InlineData("var x = \"DateTime\";")]
    [InlineData("DateTimeOffset At")]
    [InlineData("ModelFile.Parse(text)")]
    [InlineData("new Random(seed)")]
    public void Impurities_Otherwise_AreNone(string code) => Assert.Empty(Impurities(new SourceFile("src/Diabetes.Domain/A.cs", code)));

    private static IEnumerable<string> Impurities(SourceFile file) => Effects().Matches(file.Code).Select(match => $"{file.Path}: {match.Value}");

    [GeneratedRegex(@"\b(?:File|FileStream|FileInfo|Directory|DirectoryInfo|async|await|Task|ValueTask|DateTime|TimeProvider|Thread|Environment|Console)\b|\bAkka\b|\bnew Random\(\)")]
    private static partial Regex Effects();
}
