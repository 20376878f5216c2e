using System.Text.RegularExpressions;

namespace Diabetes.Nodes.Tests.RepoShape;

/// <summary>Names that say nothing, and notes that should be an issue.</summary>
public sealed partial class NamesTests
{
    [Fact]
    public void Sources_EveryFile_HasTellingNamesAndNoNotes() => Assert.Empty(Repo.CSharp.SelectMany(Violations));

    [Theory]
    [InlineData("src/P/A.cs", "// TO" + "DO: later", "src/P/A.cs: TO" + "DO")]
    [InlineData("src/P/A.cs", "#reg" + "ion Fields", "src/P/A.cs: #reg" + "ion")]
    [InlineData("src/P/StringHelper.cs", "class A;", "src/P/StringHelper.cs: StringHelper")]
    [InlineData("src/P/A.cs", "class A { private sealed class QueueManager { } }", "src/P/A.cs: QueueManager")]
    [InlineData("src/P/A.cs", "record FileUtils(int X);", "src/P/A.cs: FileUtils")]
    [InlineData("src/P/Helpers/A.cs", "class A;", "src/P/Helpers/A.cs: Helpers")]
    public void Violations_BadName_IsFound(string path, string code, string violation) =>
        Assert.Equal([violation], Violations(new SourceFile(path, code)));

    [Theory]
    [InlineData("src/P/A.cs", "class A { int X() => RuntimeHelpers.GetHashCode(this); }")]
    [InlineData("src/P/Utilization.cs", "class Utilization;")]
    [InlineData("src/P/A.cs", "// the manager of the shop")]
    [InlineData("src/P/A.cs", "var todos = 1;")]
    public void Violations_OtherUse_IsNone(string path, string code) => Assert.Empty(Violations(new SourceFile(path, code)));

    private static IEnumerable<string> Violations(SourceFile file) =>
    [
        .. Notes().Matches(file.Text).Select(match => $"{file.Path}: {match.Value}"),
        .. file.Path.Split('/', '.').Concat(Types().Matches(file.Code).Select(match => match.Groups["name"].Value))
            .Where(name => Vague().IsMatch(name))
            .Distinct()
            .Select(name => $"{file.Path}: {name}"),
    ];

    // Written in two parts, so that this file passes.
    [GeneratedRegex(@"\bTO" + @"DO\b|\bFIX" + @"ME\b|#reg" + @"ion\b")]
    private static partial Regex Notes();

    [GeneratedRegex(@"\b(?:class|struct|interface|enum|record)\s+(?<name>\w+)")]
    private static partial Regex Types();

    [GeneratedRegex(@"(?:Helpers?|Managers?|Utils?|Utility|Utilities)(?![a-z])")]
    private static partial Regex Vague();
}
