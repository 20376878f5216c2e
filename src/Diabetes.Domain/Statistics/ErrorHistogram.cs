namespace Diabetes.Domain.Statistics;

/// <summary>
/// Counts of numbers from 0 up, in 32 KiB whatever comes. Every doubling of the number has 128 bins of equal width (as in HdrHistogram), so
/// a bin is finer than 1 % of what it holds, wherever the bulk lies and however wild the largest number is. 32 doublings are kept below the
/// largest; what is smaller falls together into one bin from 0 up. The outcome depends on the numbers only, not on their order, and two
/// histograms merge without a remainder. Not thread-safe.
/// </summary>
public sealed class ErrorHistogram
{
    /// <summary>How far <see cref="Quantile"/> is off at most, relative to the number that stands at that rank.</summary>
    public const double RelativeError = 1 / 256.0;

    private const int BinsKept = 32 * 128;

    // A double's exponent and the first 7 bits of its fraction: the bins are numbered by the doubles' own bit patterns.
    private const int DroppedBits = 52 - 7;

    /// <summary>The bin numbered <see cref="_top"/> − i is at i, so that a larger number moves the others down.</summary>
    private readonly long[] _counts = new long[BinsKept];
    private long _small;
    private int _top = BinsKept - 1;

    /// <summary>Numbers seen; always the sum of all bins.</summary>
    public long Total { get; private set; }

    /// <exception cref="ArgumentOutOfRangeException">Negative, infinite or NaN.</exception>
    public void Add(double value)
    {
        if (!(value >= 0 && double.IsFinite(value)))
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, "An error is a finite number from 0 up.");
        }

        Put((int)(BitConverter.DoubleToInt64Bits(Math.Abs(value)) >> DroppedBits), 1);
        Total++;
    }

    /// <summary>Takes in all that <paramref name="other"/> saw.</summary>
    public void Merge(ErrorHistogram other)
    {
        Raise(other._top);
        for (var i = 0; i < BinsKept; i++)
        {
            if (other._counts[i] > 0) Put(other._top - i, other._counts[i]);
        }

        _small += other._small;
        Total += other.Total;
    }

    /// <summary>
    /// The number below which the share <paramref name="quantile"/> of all lies, between two ranks in proportion (numpy's default); 0.5 is
    /// the median. Each of the two is off by <see cref="RelativeError"/> at most; one too small for a bin of its own counts as 0. NaN if
    /// nothing was seen.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Not from 0 to 1.</exception>
    public double Quantile(double quantile)
    {
        if (!(quantile is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(quantile), quantile, "A quantile is from 0 to 1.");
        if (Total == 0) return double.NaN;
        var place = quantile * (Total - 1);
        var rank = (long)place;
        var lower = AtRank(rank);
        return place > rank ? lower + ((place - rank) * (AtRank(rank + 1) - lower)) : lower;
    }

    /// <summary>
    /// The bins that hold something, from the lowest up; a copy. Bin edges are those of every histogram, but for the lowest bin.
    /// </summary>
    public IReadOnlyList<HistogramBin> Bins()
    {
        var bins = new List<HistogramBin>();
        if (_small > 0) bins.Add(new(0, Edge(_top - BinsKept + 1), _small));
        for (var i = BinsKept - 1; i >= 0; i--)
        {
            var lower = Edge(_top - i);
            if (_counts[i] > 0) bins.Add(new(lower, Edge(_top - i + 1) - lower, _counts[i]));
        }

        return bins;
    }

    private double AtRank(long rank)
    {
        var above = Total - 1 - rank;
        for (var i = 0; i < BinsKept; i++)
        {
            if (above < _counts[i]) return Middle(_top - i);
            above -= _counts[i];
        }

        return 0;
    }

    private void Put(int bin, long count)
    {
        Raise(bin);
        var below = _top - bin;
        if (below < BinsKept) _counts[below] += count;
        else _small += count;
    }

    private void Raise(int top)
    {
        if (top <= _top) return;
        var kept = Math.Max(0, BinsKept - (top - _top));
        foreach (var lost in _counts.AsSpan(kept)) _small += lost;
        Array.Copy(_counts, 0, _counts, BinsKept - kept, kept);
        Array.Clear(_counts, 0, BinsKept - kept);
        _top = top;
    }

    /// <summary>Half-way through the bin; 0 for the bin of 0 and the subnormal numbers next to it.</summary>
    private static double Middle(int bin) => bin == 0 ? 0 : (Edge(bin) / 2) + (Edge(bin + 1) / 2);

    /// <summary>The smallest number of a bin; past the last bin, where infinity would be, the largest there is.</summary>
    private static double Edge(int bin) => Math.Min(BitConverter.Int64BitsToDouble((long)bin << DroppedBits), double.MaxValue);
}

/// <summary>Rows whose value lies in [<paramref name="Lower"/>, <paramref name="Lower"/> + <paramref name="Width"/>).</summary>
/// <param name="Lower">Lower edge, in the value's unit.</param>
/// <param name="Width">More than 0, in the value's unit.</param>
/// <param name="Count">Rows, 0 or more.</param>
public readonly record struct HistogramBin(double Lower, double Width, long Count);
