namespace Diabetes.Hosting.Hocon;

/// <summary><c>${path}</c> or <c>${?path}</c>.</summary>
/// <param name="origin">Where it stands.</param>
/// <param name="path">As written; also the name of the environment variable that is asked last.</param>
/// <param name="optional">Whether it may be without a value.</param>
/// <param name="roots">
/// Where the path may start, most specific first: an included file's own place in the document, that of the file that included it, the root.
/// </param>
internal sealed class HoconSubstitution(HoconOrigin origin, HoconPath path, bool optional, IReadOnlyList<HoconPath> roots) : HoconNode(origin)
{
    public HoconPath Path { get; } = path;

    public bool Optional { get; } = optional;

    public IReadOnlyList<HoconPath> Roots { get; } = roots;

    public override string ToString() => Optional ? $"${{?{Path}}}" : $"${{{Path}}}";
}
