namespace Diabetes.Hosting.Hocon;

/// <summary>A string, number, boolean or null, in the characters of its author.</summary>
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
