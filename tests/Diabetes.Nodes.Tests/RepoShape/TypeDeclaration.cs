using System.Text;
using System.Text.RegularExpressions;

namespace Diabetes.Nodes.Tests.RepoShape;

/// <summary>A type that stands in no other.</summary>
/// <param name="Kind">class, record, struct, interface, enum or delegate.</param>
internal sealed partial record TypeDeclaration(string Name, string Kind, bool IsPublic, bool IsSealed)
{
    public static IReadOnlyList<TypeDeclaration> In(SourceFile file) =>
    [
        .. Declaration().Matches(Outermost(file.Code)).Select(match => new TypeDeclaration(
            match.Groups["name"].Value,
            match.Groups["kind"].Value.Split(' ')[0],
            match.Groups["words"].Value.Contains("public"),
            match.Groups["words"].Value.Contains("sealed") || match.Groups["kind"].Value.Contains("struct"))),
    ];

    // What stands between braces, brackets or parentheses is inside a type or an attribute.
    private static string Outermost(string code)
    {
        var result = new StringBuilder();
        var depth = 0;
        foreach (var c in code)
        {
            depth -= c is '}' or ']' or ')' ? 1 : 0;
            if (depth == 0)
            {
                result.Append(c);
            }

            depth += c is '{' or '[' or '(' ? 1 : 0;
        }

        return result.ToString();
    }

    // A class or struct behind a colon or comma is a constraint.
    [GeneratedRegex(
        """
        (?<![:,]\s*)(?<words>(?:\b(?:public|internal|file|static|sealed|abstract|partial|readonly|ref|unsafe)\s+)*)
        (?:\b(?<kind>record\s+class|record\s+struct|record|class|struct|interface|enum)\s+(?<name>\w+)
          |\b(?<kind>delegate)\s+[^();]*?(?<name>\w+)\s*(?:<[^()]*>)?\s*\()
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Declaration();
}
