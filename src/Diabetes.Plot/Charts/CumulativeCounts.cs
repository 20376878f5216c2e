using Diabetes.Domain.Statistics;

namespace Diabetes.Plot.Charts;

/// <summary>
/// Counts the rows below any value, from a histogram with fine bins. Rows count as spread evenly within their bin, so that bars of another
/// width than the bins do not look like a comb.
/// </summary>
internal sealed class CumulativeCounts
{
    private readonly double[] _lower;
    private readonly double[] _upper;
    private readonly long[] _before;

    /// <param name="bins">The bins, ascending and not overlapping.</param>
    /// <param name="minimum">The smallest value. The first bin is cut off there.</param>
    /// <param name="maximum">The largest value. The last bin is cut off there.</param>
    /// <exception cref="ArgumentException">A bin overlaps its neighbour, is not finite, or has a negative count.</exception>
    public CumulativeCounts(IReadOnlyList<HistogramBin> bins, double minimum, double maximum)
    {
        var filled = bins.Where(bin => bin.Count != 0).ToArray();
        _lower = new double[filled.Length];
        _upper = new double[filled.Length];
        _before = new long[filled.Length + 1];
        for (var i = 0; i < filled.Length; i++)
        {
            var (lower, width, count) = filled[i];
            var overlaps = i > 0 && lower < filled[i - 1].Lower + (filled[i - 1].Width * 0.999);
            if (count < 0 || !(width > 0) || !double.IsFinite(lower + width) || overlaps)
            {
                throw new ArgumentException(

                    $"Bin {i} (from {lower}, {width} wide, {count} rows) is invalid: a bin is finite, wider than 0, has no negative count, "
                    + "and starts at or above the end of the bin before it.",
                    nameof(bins));
            }

            _lower[i] = Math.Clamp(lower, minimum, maximum);
            _upper[i] = Math.Clamp(lower + width, minimum, maximum);
            _before[i + 1] = _before[i] + count;
        }
    }

    /// <summary>The middle and the row count of each bin that holds rows, after the first and last bin were cut off.</summary>
    public IEnumerable<(double Middle, long Count)> Bins =>
        Enumerable.Range(0, _lower.Length).Select(i => ((_lower[i] / 2) + (_upper[i] / 2), _before[i + 1] - _before[i]));

    /// <summary>The number of all rows.</summary>
    public long Total => _before[^1];

    /// <summary>Counts the rows below <paramref name="value"/>, with a fraction if it lies inside a bin.</summary>
    public double Below(double value)
    {
        var index = Array.BinarySearch(_upper, value);
        index = index < 0 ? ~index : index;
        if (index == _upper.Length)
        {
            return Total;
        }
        // If all values of a bin are equal, its width is 0. Its rows are below a value only if the value is larger.
        while (index < _upper.Length && _upper[index] < value)
        {
            index++;
        }

        var width = _upper[index] - _lower[index];
        var share = width > 0 ? Math.Clamp((value - _lower[index]) / width, 0, 1) : 0;
        return _before[index] + (share * (_before[index + 1] - _before[index]));
    }

    /// <summary>The width of the bin that holds the median: the precision with which most rows are known.</summary>
    public double Resolution
    {
        get
        {
            var index = IndexOf(0.5 * Total);
            return _upper[index] - _lower[index];
        }
    }

    /// <summary>Finds the value that <paramref name="share"/> of the rows lie below.</summary>
    public double Quantile(double share)
    {
        var rank = share * Total;
        var index = IndexOf(rank);
        var within = Math.Clamp((rank - _before[index]) / (_before[index + 1] - _before[index]), 0, 1);
        return _lower[index] + (within * (_upper[index] - _lower[index]));
    }

    private int IndexOf(double rank)
    {
        var index = Array.BinarySearch(_before, (long)Math.Floor(rank));
        return Math.Clamp(index < 0 ? ~index - 1 : index, 0, _upper.Length - 1);
    }
}
