namespace Diabetes.Hosting.Hocon;

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
