namespace Diabetes.Plot.Charts;

/// <summary>
/// Finds places for the names of two vertical lines, in a band of two rows above the plot: the plainest of sixteen where no name leaves the
/// band, meets the other, or is crossed by a line. In a band
/// too narrow for that the names stand above each other, and the lines end below them.
/// </summary>
internal static class MarkerLabels
{
    /// <param name="left">Where the left line stands, and the width of its name.</param>
    /// <param name="right">The same of the right line.</param>
    /// <param name="gap">Between a line and its name.</param>
    /// <param name="band">Leftmost and rightmost place for names.</param>
    /// <returns>For each line, where its name begins and in which row (0 is the lower).</returns>
    public static (MarkerPlace Left, MarkerPlace Right) Place(
        (double X, double Width) left, (double X, double Width) right, double gap, (double Left, double Right) band)
    {
        foreach (var (leftRow, rightRow) in Rows)
        {
            foreach (var (leftOutwards, rightOutwards) in Sides)
            {
                var a = new MarkerPlace(leftOutwards ? left.X - gap - left.Width : left.X + gap, leftRow);
                var b = new MarkerPlace(rightOutwards ? right.X + gap : right.X - gap - right.Width, rightRow);
                if (a.Start < band.Left || b.Start < band.Left || a.Start + left.Width > band.Right || b.Start + right.Width > band.Right) continue;
                var apart = leftRow != rightRow || a.Start + left.Width + gap <= b.Start || b.Start + right.Width + gap <= a.Start;
                if (apart && !Crossed(a, left.Width, right.X, rightRow, gap) && !Crossed(b, right.Width, left.X, leftRow, gap)) return (a, b);
            }
        }
        return (Above(left, 1, band), Above(right, 0, band));
    }

    /// <summary>The same for one line.</summary>
    public static MarkerPlace Place((double X, double Width) line, double gap, (double Left, double Right) band) =>
        line.X + gap + line.Width <= band.Right ? new MarkerPlace(line.X + gap, 0)
        : line.X - gap - line.Width >= band.Left ? new MarkerPlace(line.X - gap - line.Width, 0)
        : Above(line, 0, band);

    private static ReadOnlySpan<(int Left, int Right)> Rows => new (int, int)[] { (0, 0), (1, 0), (0, 1) };

    private static ReadOnlySpan<(bool Left, bool Right)> Sides => new (bool, bool)[] { (true, true), (false, true), (true, false), (false, false) };

    // A line reaches up to its own row, so it can cross names of that row and of those below.
    private static bool Crossed(MarkerPlace name, double width, double line, int lineRow, double gap) =>
        name.Row <= lineRow && line > name.Start - (gap / 2) && line < name.Start + width + (gap / 2);

    private static MarkerPlace Above((double X, double Width) line, int row, (double Left, double Right) band) =>
        new(Math.Max(band.Left, Math.Min(line.X - (line.Width / 2), band.Right - line.Width)), row, Beside: false);
}

/// <summary>Where the name of a line stands.</summary>
/// <param name="Start">Left end of the text.</param>
/// <param name="Row">0 next to the plot, 1 above it.</param>
/// <param name="Beside">Whether the line reaches up beside its name, or ends below it.</param>
internal readonly record struct MarkerPlace(double Start, int Row, bool Beside = true);
