namespace Diabetes.Plot.Charts;

/// <summary>
/// Places the names of two vertical lines in two rows above the plot. It takes the first of sixteen arrangements in which no name leaves
/// the band, overlaps the other name or is crossed by a line. If none fits, the names stand one above the other and the lines end below
/// them.
/// </summary>
internal static class MarkerLabels
{
    /// <param name="left">The x position of the left line and the width of its name, in pixels.</param>
    /// <param name="right">The same for the right line.</param>
    /// <param name="gap">The distance between a line and its name, in pixels.</param>
    /// <param name="band">The leftmost and rightmost x position for names, in pixels.</param>
    /// <returns>The place of each name.</returns>
    public static (MarkerPlace Left, MarkerPlace Right) Place(
        (double X, double Width) left, (double X, double Width) right, double gap, (double Left, double Right) band)
    {
        foreach (var (leftRow, rightRow) in Rows)
        {
            foreach (var (leftOutwards, rightOutwards) in Sides)
            {
                var a = new MarkerPlace(leftOutwards ? left.X - gap - left.Width : left.X + gap, leftRow);
                var b = new MarkerPlace(rightOutwards ? right.X + gap : right.X - gap - right.Width, rightRow);
                if (a.Start < band.Left || b.Start < band.Left || a.Start + left.Width > band.Right || b.Start + right.Width > band.Right)
                {
                    continue;
                }

                var apart = leftRow != rightRow || a.Start + left.Width + gap <= b.Start || b.Start + right.Width + gap <= a.Start;
                if (apart && !Crossed(a, left.Width, right.X, rightRow, gap) && !Crossed(b, right.Width, left.X, leftRow, gap))
                {
                    return (a, b);
                }
            }
        }
        return (Above(left, 1, band), Above(right, 0, band));
    }

    /// <summary>Places the name of a single line.</summary>
    public static MarkerPlace Place((double X, double Width) line, double gap, (double Left, double Right) band) =>
        line.X + gap + line.Width <= band.Right ? new MarkerPlace(line.X + gap, 0)
        : line.X - gap - line.Width >= band.Left ? new MarkerPlace(line.X - gap - line.Width, 0)
        : Above(line, 0, band);

    private static ReadOnlySpan<(int Left, int Right)> Rows => new (int, int)[] { (0, 0), (1, 0), (0, 1) };

    private static ReadOnlySpan<(bool Left, bool Right)> Sides =>
        new (bool, bool)[] { (true, true), (false, true), (true, false), (false, false) };

    // A line reaches up to its own row, so it can cross names in that row and in those below.
    private static bool Crossed(MarkerPlace name, double width, double line, int lineRow, double gap) =>
        name.Row <= lineRow && line > name.Start - (gap / 2) && line < name.Start + width + (gap / 2);

    private static MarkerPlace Above((double X, double Width) line, int row, (double Left, double Right) band) =>
        new(Math.Max(band.Left, Math.Min(line.X - (line.Width / 2), band.Right - line.Width)), row, Beside: false);
}

/// <summary>Says where the name of a line stands.</summary>
/// <param name="Start">The left end of the text, in pixels.</param>
/// <param name="Row">0 for the row next to the plot, 1 for the row above it.</param>
/// <param name="Beside">True if the line reaches up beside its name; false if it ends below the name.</param>
internal readonly record struct MarkerPlace(double Start, int Row, bool Beside = true);
