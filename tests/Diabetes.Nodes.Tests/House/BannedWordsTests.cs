using System.Text.RegularExpressions;

namespace Diabetes.Nodes.Tests.House;

/// <summary>A clone builds on any machine, from any package source: nothing names one.</summary>
public sealed partial class BannedWordsTests
{
    private static readonly string[] Texts =
    [
        "*.cs", "*.csproj", "*.props", "*.targets", "*.sln", "*.md", "*.json", "*.yml", "*.yaml", "*.conf", "*.sh", "*.py", "*.txt",
        "*.toml",
        "Dockerfile*", ".editorconfig", ".gitignore", ".dockerignore", "run",
    ];

    [Fact]
    public void Files_NoneOfThem_NamesAMachineOrAPackageSource() => Assert.Empty(Texts.SelectMany(Repo.Files).SelectMany(Violations));

    [Theory]
    [InlineData("cd /wo" + "rk/main")]
    [InlineData("\"/ro" + "ot/.cache\"")]
    [InlineData("path=/tm" + "p/wt/x")]
    [InlineData("https://api.nu" + "get.org")]
    [InlineData("https://feed.example/v3/in" + "dex.json")]
    [InlineData("pip install --in" + "dex-url x")]
    [InlineData("<Rest" + "oreSources>")]
    [InlineData("https://py" + "pi.org/simple")]
    public void Violations_MachineOrSource_IsFound(string text) => Assert.Single(Violations(new SourceFile("docs/a.md", text)));

    [Fact]
    public void Violations_FileThatNamesSources_IsFound() =>
        Assert.Equal(["src/NuG" + "et.Config names package sources"], Violations(new SourceFile("src/NuG" + "et.Config", "")));

    [Theory]
    [InlineData("tmpfs: [/tmp]")]
    [InlineData("the network/root of a tree")]
    [InlineData("src/" + "work/a")]
    [InlineData("dotnet restore")]
    [InlineData("Install it from NuGet.")]
    public void Violations_OtherText_IsNone(string text) => Assert.Empty(Violations(new SourceFile("docs/a.md", text)));

    private static IEnumerable<string> Violations(SourceFile file) =>
    [
        .. Banned().Matches(file.Text).Select(match => $"{file.Path}: {match.Value}"),
        .. string.Equals(file.Name, "nug" + "et.config", StringComparison.OrdinalIgnoreCase)
            ? [$"{file.Path} names package sources"]
            : (string[])[],
    ];

    // Brackets keep the words apart, so that this file passes.
    [GeneratedRegex(
        @"(?<![\w.*}-])/(?:[w]ork|[r]oot|[t]mp|[h]ome/\w+)/[\w.]+"
        + @"|n[u]get\.org|py[p]i\.org|[n]pmjs\.org|/v3/[i]ndex\.json|--[i]ndex-url|[R]estoreSources|[R]estoreAdditionalProjectSources",
        RegexOptions.IgnoreCase)]
    private static partial Regex Banned();
}
