namespace Diabetes.Hosting.Configuration.Hocon;

/// <param name="Kind">What it is.</param>
/// <param name="Text">The text of a string or of whitespace; for the others as written, for messages.</param>
/// <param name="Line">From 1, where the token starts.</param>
internal readonly record struct HoconToken(HoconTokenKind Kind, string Text, int Line);

internal enum HoconTokenKind
{
    /// <summary>Text outside quotes, numbers and words such as <c>true</c> included.</summary>
    Unquoted,

    /// <summary>Text that stood in one or three pairs of quotes, without them and unescaped.</summary>
    Quoted,

    /// <summary>Blanks other than a newline; they count between two simple values.</summary>
    Whitespace,

    Newline,
    Comma,
    Colon,
    Equals,
    PlusEquals,
    OpenBrace,
    CloseBrace,
    OpenBracket,
    CloseBracket,

    /// <summary><c>${</c>; its path and a <see cref="CloseBrace"/> follow.</summary>
    Substitution,

    /// <summary><c>${?</c></summary>
    OptionalSubstitution,

    End,
}
