namespace Diabetes.Hosting.Configuration.Hocon;

/// <summary>Recognizes JSON numbers.</summary>
internal static class HoconNumber
{
    /// <summary>Returns whether the whole text is a number.</summary>
    public static bool Is(string text) => text.Length > 0 && LengthAt(text, 0) == text.Length;

    /// <summary>Returns the length of the longest number that starts at <paramref name="start"/>; 0 if none does.</summary>
    public static int LengthAt(string text, int start)
    {
        var at = start;
        if (At(text, at) == '-')
        {
            at++;
        }

        var digits = Digits(text, at);
        if (digits == 0 || (digits > 1 && text[at] == '0'))
        {
            return 0;
        }

        at += digits;
        if (At(text, at) == '.' && Digits(text, at + 1) is > 0 and var fraction)
        {
            at += 1 + fraction;
        }

        if (At(text, at) is 'e' or 'E')
        {
            var exponent = At(text, at + 1) is '+' or '-' ? at + 2 : at + 1;
            at = Digits(text, exponent) is > 0 and var power ? exponent + power : at;
        }

        return at - start;
    }

    private static char At(string text, int at) => at < text.Length ? text[at] : '\0';

    private static int Digits(string text, int start)
    {
        var at = start;
        while (char.IsAsciiDigit(At(text, at)))
        {
            at++;
        }

        return at - start;
    }
}
