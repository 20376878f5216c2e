namespace Diabetes.Hosting.Configuration.Hocon;

/// <summary>Reads a list of tokens one by one.</summary>
internal sealed class HoconCursor(IReadOnlyList<HoconToken> tokens, string source)
{
    private int _at;

    /// <summary>The token under the cursor; the last one is <see cref="HoconTokenKind.End"/> and is never passed.</summary>
    public HoconToken Token => tokens[_at];

    public HoconTokenKind Kind => Token.Kind;

    public HoconOrigin Origin => new(source, Token.Line);

    public HoconToken Take()
    {
        var token = Token;
        _at = Math.Min(_at + 1, tokens.Count - 1);
        return token;
    }

    public bool TryTake(HoconTokenKind kind)
    {
        if (Kind != kind)
        {
            return false;
        }

        Take();
        return true;
    }

    public void SkipBlanks()
    {
        while (TryTake(HoconTokenKind.Whitespace))
        {
        }
    }

    /// <returns>Whether there was a newline among them.</returns>
    public bool SkipBlanksAndNewlines()
    {
        var newline = false;
        while (Kind is HoconTokenKind.Whitespace or HoconTokenKind.Newline)
        {
            newline |= Take().Kind == HoconTokenKind.Newline;
        }

        return newline;
    }

    public HoconException Unexpected(string expected) => new(Origin, $"{Describe()} where {expected} should be");

    public HoconException Error(string problem) => new(Origin, problem);

    private string Describe() => Kind switch
    {
        HoconTokenKind.Newline => "the line ends",
        HoconTokenKind.End => "the file ends",
        HoconTokenKind.Quoted => $"\"{Token.Text}\" stands",
        _ => $"'{Token.Text}' stands",
    };
}
