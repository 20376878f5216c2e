namespace Diabetes.Hosting.Hocon;

internal enum HoconLiteralKind
{
    String,
    Number,
    Boolean,
    Null,

    /// <summary>Blanks between two parts of a concatenation: kept between simple values, ignored between arrays or objects.</summary>
    Whitespace,
}
