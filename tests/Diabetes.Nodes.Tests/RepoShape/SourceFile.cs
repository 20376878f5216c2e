namespace Diabetes.Nodes.Tests.RepoShape;

/// <param name="Path">From the root, with slashes.</param>
internal sealed record SourceFile(string Path, string Text)
{
    /// <summary>The text of a C# file with blanks for what stands in comments and quotes.</summary>
    public string Code => CSharpText.Blank(Text);

    public int Lines => Text.AsSpan().Count('\n') + (Text.EndsWith('\n') ? 0 : 1);

    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary><c>src</c>, <c>tests</c> or another folder of the root.</summary>
    public string Top => Path.Split('/')[0];

    /// <summary>The folder below <see cref="Top"/>: a project's name.</summary>
    public string Project => Path.Split('/') is [_, var project, _, ..] ? project : "";
}
