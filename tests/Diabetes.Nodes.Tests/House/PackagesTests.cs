using System.Xml.Linq;

namespace Diabetes.Nodes.Tests.House;

public sealed class PackagesTests
{
    private static readonly string[] ForTests =
    [
        "xunit", "Akka.Streams.TestKit", "Akka.TestKit.Xunit2", "FsCheck", "Microsoft.NET.Test.Sdk", "Microsoft.Playwright",
    ];

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
        friend => Assert.Matches(@"\.Tests$|^Diabetes\.Testing$|^Diabetes\.Bench$", friend));

    [Theory]
    [InlineData(
        "src/Diabetes.Domain/Diabetes.Domain.csproj",
        """<PackageReference Include="Akka" />""",
        "Diabetes.Domain may not use Akka")]
    [InlineData(
        "src/Diabetes.Plot/Diabetes.Plot.csproj",
        """<PackageReference Include="Akka.TestKit.Xunit2" />""",
        "Diabetes.Plot may not use Akka.TestKit.Xunit2, which is for tests")]
    [InlineData(
        "src/Diabetes.Domain/Diabetes.Domain.csproj",
        """<FrameworkReference Include="Microsoft.AspNetCore.App" />""",
        "Diabetes.Domain may not use Microsoft.AspNetCore.App")]
    [InlineData(
        "src/Diabetes.Plot/Diabetes.Plot.csproj",
        """<PackageReference Include="RabbitMQ.Client" PrivateAssets="all" />""",
        "Diabetes.Plot may not use RabbitMQ.Client; Diabetes.Amqp does")]
    [InlineData(
        "src/Diabetes.Amqp/Diabetes.Amqp.csproj",
        """<PackageReference Include="RabbitMQ.Client" />""",
        "Diabetes.Amqp lets RabbitMQ.Client through; PrivateAssets must hold compile")]
    [InlineData(
        "src/Diabetes.Amqp/Diabetes.Amqp.csproj",
        """<PackageReference Include="RabbitMQ.Client" PrivateAssets="compile" />""",
        null)]
    [InlineData(
        "src/Diabetes.Plot/Diabetes.Plot.csproj",
        """<PackageReference Include="FsCheck" />""",
        "Diabetes.Plot may not use FsCheck, which is for tests")]
    [InlineData("tests/A.Tests/A.Tests.csproj", """<PackageReference Include="FsCheck" />""", null)]
    [InlineData(
        "tests/A.Tests/A.Tests.csproj",
        """<PackageReference Include="FsCheck" Version="3.0.0" />""",
        "A.Tests sets a version of FsCheck; versions stand in Directory.Packages.props")]
    public void Violations_Package_IsJudged(string path, string item, string? violation) => Assert.Equal(
        violation is null ? [] : [violation],
        Violations(new ProjectFile(path, $"<Project><ItemGroup>{item}</ItemGroup></Project>")));

    private static IEnumerable<string> Violations(ProjectFile project)
    {
        var name = project.Name;
        foreach (var framework in project.Frameworks.Where(_ => name == "Diabetes.Domain"))
        {
            yield return $"{name} may not use {framework}";
        }

        foreach (var element in project.Packages)
        {
            var package = (string?)element.Attribute("Include") ?? "";
            var assets = (string?)element.Attribute("PrivateAssets") ?? "";
            var isPrivate = assets.Contains("compile") || assets == "all";
            if (element.Attribute("Version") is not null)
            {
                yield return $"{name} sets a version of {package}; versions stand in Directory.Packages.props";
            }

            if (name == "Diabetes.Domain" && package.StartsWith("Akka", StringComparison.Ordinal))
            {
                yield return $"{name} may not use {package}";
            }
            else if (project.IsSource && ForTests.Contains(package))
            {
                yield return $"{name} may not use {package}, which is for tests";
            }
            else if (project.IsSource && package == "RabbitMQ.Client" && name != "Diabetes.Amqp")
            {
                yield return $"{name} may not use {package}; Diabetes.Amqp does";
            }
            else if (project.IsSource && package == "RabbitMQ.Client" && !isPrivate)
            {
                yield return $"{name} lets {package} through; PrivateAssets must hold compile";
            }
        }
    }
}
