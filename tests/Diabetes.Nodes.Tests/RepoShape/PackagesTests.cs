using System.Xml.Linq;

namespace Diabetes.Nodes.Tests.RepoShape;

public sealed class PackagesTests
{
    private static readonly string[] ForTests = ["xunit", "FsCheck", "Microsoft.NET.Test.Sdk", "Microsoft.Playwright"];

    [Fact]
    public void Projects_EveryPackage_IsWhereItBelongs() => Assert.Empty(Repo.Projects.SelectMany(Violations));

    [Fact]
    public void Packages_EveryVersion_IsExact()
    {
        var versions = XElement.Parse(File.ReadAllText(Path.Combine(Repo.Root, "Directory.Packages.props")))
            .Descendants("PackageVersion")
            .Select(package => (string?)package.Attribute("Version") ?? "");

        Assert.All(versions, version => Assert.Matches("^[A-Za-z0-9.-]+$", version));
    }

    [Fact]
    public void Projects_Friends_AreTestsAlone() => Assert.All(
        Repo.Projects.SelectMany(project => project.Friends),
        friend => Assert.Matches(@"\.Tests$|^Diabetes\.TestKit$|^Diabetes\.Bench$", friend));

    [Theory]
    [InlineData("src/Diabetes.Actors/Diabetes.Actors.csproj", """<PackageReference Include="CsvHelper" />""", "Diabetes.Actors uses the base class library alone, not CsvHelper")]
    [InlineData("src/Diabetes.Actors/Diabetes.Actors.csproj", """<FrameworkReference Include="Microsoft.AspNetCore.App" />""", "Diabetes.Actors uses the base class library alone, not Microsoft.AspNetCore.App")]
    [InlineData("src/Diabetes.Domain/Diabetes.Domain.csproj", """<FrameworkReference Include="Microsoft.AspNetCore.App" />""", "Diabetes.Domain may not use Microsoft.AspNetCore.App")]
    [InlineData("src/Diabetes.Plot/Diabetes.Plot.csproj", """<PackageReference Include="RabbitMQ.Client" PrivateAssets="all" />""", "Diabetes.Plot may not use RabbitMQ.Client; Diabetes.Streams does")]
    [InlineData("src/Diabetes.Streams/Diabetes.Streams.csproj", """<PackageReference Include="RabbitMQ.Client" />""", "Diabetes.Streams lets RabbitMQ.Client through; PrivateAssets must hold compile")]
    [InlineData("src/Diabetes.Streams/Diabetes.Streams.csproj", """<PackageReference Include="RabbitMQ.Client" PrivateAssets="compile" />""", null)]
    [InlineData("src/Diabetes.Plot/Diabetes.Plot.csproj", """<PackageReference Include="FsCheck" />""", "Diabetes.Plot may not use FsCheck, which is for tests")]
    [InlineData("tests/A.Tests/A.Tests.csproj", """<PackageReference Include="FsCheck" />""", null)]
    [InlineData("tests/A.Tests/A.Tests.csproj", """<PackageReference Include="FsCheck" Version="3.0.0" />""", "A.Tests sets a version of FsCheck; versions stand in Directory.Packages.props")]
    public void Violations_Package_IsJudged(string path, string item, string? violation) => Assert.Equal(
        violation is null ? [] : [violation],
        Violations(new ProjectFile(path, $"<Project><ItemGroup>{item}</ItemGroup></Project>")));

    private static IEnumerable<string> Violations(ProjectFile project)
    {
        var name = project.Name;
        foreach (var framework in project.Frameworks.Where(_ => name is "Diabetes.Actors" or "Diabetes.Domain"))
        {
            yield return name == "Diabetes.Actors" ? $"{name} uses the base class library alone, not {framework}" : $"{name} may not use {framework}";
        }

        foreach (var element in project.Packages)
        {
            var package = (string?)element.Attribute("Include") ?? "";
            var isPrivate = ((string?)element.Attribute("PrivateAssets") ?? "") is var assets && (assets.Contains("compile") || assets == "all");
            if (element.Attribute("Version") is not null)
            {
                yield return $"{name} sets a version of {package}; versions stand in Directory.Packages.props";
            }

            if (name == "Diabetes.Actors")
            {
                yield return $"{name} uses the base class library alone, not {package}";
            }
            else if (project.IsSource && ForTests.Contains(package))
            {
                yield return $"{name} may not use {package}, which is for tests";
            }
            else if (project.IsSource && package == "RabbitMQ.Client" && name != "Diabetes.Streams")
            {
                yield return $"{name} may not use {package}; Diabetes.Streams does";
            }
            else if (project.IsSource && package == "RabbitMQ.Client" && !isPrivate)
            {
                yield return $"{name} lets {package} through; PrivateAssets must hold compile";
            }
        }
    }
}
