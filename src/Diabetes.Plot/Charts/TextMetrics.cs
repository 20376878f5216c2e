namespace Diabetes.Plot.Charts;

/// <summary>
/// Estimates the width of text without loading a font, from the widths of characters in DejaVu Sans. The other fonts in
/// <see cref="Family"/> are narrower, so text that fits by this estimate fits in all of them.
/// </summary>
internal static class TextMetrics
{
    public const string Family = "'DejaVu Sans', Verdana, 'Segoe UI', sans-serif";

    /// <summary>The height of capitals and digits, as a fraction of the font size.</summary>
    public const double CapHeight = 0.73;

    // Bold is 9 to 14 % wider for most characters and 25 % wider for the narrowest.
    private const double BoldFactor = 1.14;

    // The widths of the characters U+0020 to U+007E, in thousandths of the font size.
    private static ReadOnlySpan<short> Advances =>
    [
        318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636, 636, 636, 636, 636, 636,
        636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656, 557, 863, 748, 787,
        603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838, 500, 500, 613, 635, 550, 635, 615, 352, 635,
        634, 278, 278, 579, 278, 974, 634, 612, 635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838,
    ];

    /// <summary>Computes the width in the unit of <paramref name="size"/>. Characters beyond ASCII count as wide.</summary>
    public static double Width(string text, double size, bool bold)
    {
        var sum = 0;
        foreach (var character in text)
        {
            sum += character is >= ' ' and <= '~' ? Advances[character - ' '] : character is '·' ? 318 : 1000;
        }

        return sum * size / 1000 * (bold ? BoldFactor : 1);
    }

    /// <summary>Makes text fit: shrinks the font down to three quarters, then cuts the text off with an ellipsis.</summary>
    public static (string Text, double Size) Fit(string text, double size, bool bold, double room)
    {
        var width = Width(text, size, bold);
        if (width <= room)
        {
            return (text, size);
        }

        var smaller = size * Math.Max(0.75, room / width);
        if (Width(text, smaller, bold) <= room * 1.001)
        {
            return (text, smaller);
        }

        var length = text.Length;
        while (length > 0 && Width(text[..length] + "…", smaller, bold) > room)
        {
            length--;
        }

        if (length > 0 && char.IsHighSurrogate(text[length - 1]))
        {
            length--;
        }

        return (text[..length].TrimEnd() + "…", smaller);
    }
}
