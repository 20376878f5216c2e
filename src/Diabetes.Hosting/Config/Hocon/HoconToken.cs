namespace Diabetes.Hosting.Hocon;

/// <param name="Kind">What it is.</param>
/// <param name="Text">The text of a string or of whitespace; for the others as written, for messages.</param>
/// <param name="Line">From 1, where the token starts.</param>
internal readonly record struct HoconToken(HoconTokenKind Kind, string Text, int Line);
