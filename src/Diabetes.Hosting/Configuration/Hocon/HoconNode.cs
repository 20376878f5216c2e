namespace Diabetes.Hosting.Configuration.Hocon;

/// <summary>
/// Holds a value as it was written: before resolving it may hold substitutions, after resolving only <see cref="HoconObject"/>,
/// <see cref="HoconArray"/> and <see cref="HoconLiteral"/>.
/// </summary>
internal abstract class HoconNode(HoconOrigin origin)
{
    public HoconOrigin Origin { get; } = origin;
}

/// <summary>Holds a string, number, boolean or null, as it was written.</summary>
internal sealed class HoconLiteral(HoconOrigin origin, HoconLiteralKind kind, string text) : HoconNode(origin)
{
    public HoconLiteralKind Kind { get; } = kind;

    public string Text { get; } = text;

    /// <summary>Text that stood alone and without quotes: a word of JSON or a number keeps its type.</summary>
    public static HoconLiteral Unquoted(HoconOrigin origin, string text) => new(origin, KindOf(text), text);

    private static HoconLiteralKind KindOf(string text) => text switch
    {
        "true" or "false" => HoconLiteralKind.Boolean,
        "null" => HoconLiteralKind.Null,
        _ when HoconNumber.Is(text) => HoconLiteralKind.Number,
        _ => HoconLiteralKind.String,
    };
}

internal enum HoconLiteralKind
{
    String,
    Number,
    Boolean,
    Null,

    /// <summary>Blanks between two parts of a concatenation: kept between simple values, ignored between arrays or objects.</summary>
    Whitespace,
}

internal sealed class HoconArray(HoconOrigin origin, IReadOnlyList<HoconNode> items) : HoconNode(origin)
{
    public IReadOnlyList<HoconNode> Items { get; } = items;
}

/// <summary>Several values on one line, not yet joined because one of them is a substitution, an array or an object.</summary>
internal sealed class HoconConcatenation(HoconOrigin origin, IReadOnlyList<HoconNode> parts) : HoconNode(origin)
{
    public IReadOnlyList<HoconNode> Parts { get; } = parts;
}

/// <summary><c>${path}</c> or <c>${?path}</c>.</summary>
/// <param name="origin">Where it stands.</param>
/// <param name="path">As written; also the name of the environment variable that is asked last.</param>
/// <param name="optional">Whether it may have no value.</param>
/// <param name="roots">
/// Where the path may start, most specific first: where the included file stands in the document, where its including file stands, the
/// root.
/// </param>
internal sealed class HoconSubstitution(HoconOrigin origin, HoconPath path, bool optional, IReadOnlyList<HoconPath> roots) : HoconNode(
    origin)
{
    public HoconPath Path { get; } = path;

    public bool Optional { get; } = optional;

    public IReadOnlyList<HoconPath> Roots { get; } = roots;

    public override string ToString() => Optional ? $"${{?{Path}}}" : $"${{{Path}}}";
}

/// <summary>What <c>+=</c> assigns: the field's earlier value, which must be an array or absent, with these items behind it.</summary>
internal sealed class HoconAppend(HoconOrigin origin, IReadOnlyList<HoconNode> items) : HoconNode(origin)
{
    public IReadOnlyList<HoconNode> Items { get; } = items;
}

/// <summary>The value that a field of another object has, all its assignments together.</summary>
internal sealed class HoconFieldValue(HoconOrigin origin, HoconField field) : HoconNode(origin)
{
    public HoconField Field { get; } = field;
}
