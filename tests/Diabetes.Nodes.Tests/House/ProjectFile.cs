using System.Xml.Linq;

namespace Diabetes.Nodes.Tests.House;

internal sealed class ProjectFile(string path, string xml)
{
    private readonly XElement _root = XElement.Parse(xml);

    public string Path { get; } = path;

    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public string Assembly => (string?)_root.Descendants("AssemblyName").FirstOrDefault() ?? Name;

    public bool IsSource => Path.StartsWith("src/", StringComparison.Ordinal);

    /// <summary>Names the projects that this one refers to.</summary>
    public IEnumerable<string> Projects =>
        Named("ProjectReference").Select(include => System.IO.Path.GetFileNameWithoutExtension(include.Replace('\\', '/')));

    public IEnumerable<XElement> Packages => _root.Descendants("PackageReference");

    public IEnumerable<string> Frameworks => Named("FrameworkReference");

    public IEnumerable<string> Friends => Named("InternalsVisibleTo");

    private IEnumerable<string> Named(string element) =>
        _root.Descendants(element).Select(item => (string?)item.Attribute("Include") ?? "");
}
