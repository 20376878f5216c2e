namespace Diabetes.Domain.Statistics;

/// <summary>
/// Counts non-negative numbers in bins, in 32 KiB of memory. Each doubling of the number has 128 bins of equal width (as in HdrHistogram),
/// so a bin is narrower than 1 % of its numbers. It keeps 32 doublings below the largest number; smaller numbers share one bin that begins
/// at 0. The result depends only on the numbers and not on their order, and two histograms can be merged without loss. Not thread-safe.
/// </summary>
public sealed class ErrorHistogram
{
    /// <summary>The largest relative error of <see cref="Quantile"/>.</summary>
    public const double RelativeError = 1 / 256.0;

    private const int BinsKept = 32 * 128;

    // A bin's number is the bit pattern of a double without these low bits: the exponent and the first 7 bits of the fraction.
    private const int DroppedBits = 52 - 7;

    /// <summary>Index i holds the bin with number <see cref="_top"/> − i. A larger number moves the others to higher indexes.</summary>
    private readonly long[] _counts = new long[BinsKept];
    private long _small;
    private int _top = BinsKept - 1;

    /// <summary>The number of values; always the sum of all bins.</summary>
    public long Total { get; private set; }

    /// <summary>Adds a number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative, infinite or NaN.</exception>
    public void Add(double value)
    {
        if (!(value >= 0 && double.IsFinite(value)))
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, "An error must be a finite number that is not negative.");
        }

        Put((int)(BitConverter.DoubleToInt64Bits(Math.Abs(value)) >> DroppedBits), 1);
        Total++;
    }

    /// <summary>Adds all numbers of <paramref name="other"/>.</summary>
    public void Merge(ErrorHistogram other)
    {
        Raise(other._top);
        for (var i = 0; i < BinsKept; i++)
        {
            if (other._counts[i] > 0)
            {
                Put(other._top - i, other._counts[i]);
            }
        }

        _small += other._small;
        Total += other.Total;
    }

    /// <summary>
    /// Estimates the number below which the share <paramref name="quantile"/> of all numbers lies, interpolated between two ranks (numpy's
    /// default); 0.5 is the median. The relative error is at most <see cref="RelativeError"/>, except that numbers in the lowest bin count
    /// as 0. NaN if there are no numbers.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The quantile is not from 0 to 1.</exception>
    public double Quantile(double quantile)
    {
        if (!(quantile is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(quantile), quantile, "A quantile must be from 0 to 1.");
        }

        if (Total == 0)
        {
            return double.NaN;
        }

        var place = quantile * (Total - 1);
        var rank = (long)place;
        var lower = AtRank(rank);
        return place > rank ? lower + ((place - rank) * (AtRank(rank + 1) - lower)) : lower;
    }

    /// <summary>
    /// Returns a copy of the bins that are not empty, in ascending order. All histograms have the same bin edges, except for the lowest
    /// bin.
    /// </summary>
    public IReadOnlyList<HistogramBin> Bins()
    {
        var bins = new List<HistogramBin>();
        if (_small > 0)
        {
            bins.Add(new(0, Edge(_top - BinsKept + 1), _small));
        }

        for (var i = BinsKept - 1; i >= 0; i--)
        {
            var lower = Edge(_top - i);
            if (_counts[i] > 0)
            {
                bins.Add(new(lower, Edge(_top - i + 1) - lower, _counts[i]));
            }
        }

        return bins;
    }

    private double AtRank(long rank)
    {
        var above = Total - 1 - rank;
        for (var i = 0; i < BinsKept; i++)
        {
            if (above < _counts[i])
            {
                return Middle(_top - i);
            }

            above -= _counts[i];
        }

        return 0;
    }

    private void Put(int bin, long count)
    {
        Raise(bin);
        var below = _top - bin;
        if (below < BinsKept)
        {
            _counts[below] += count;
        }
        else
        {
            _small += count;
        }
    }

    private void Raise(int top)
    {
        if (top <= _top)
        {
            return;
        }

        var kept = Math.Max(0, BinsKept - (top - _top));
        foreach (var lost in _counts.AsSpan(kept))
        {
            _small += lost;
        }

        Array.Copy(_counts, 0, _counts, BinsKept - kept, kept);
        Array.Clear(_counts, 0, BinsKept - kept);
        _top = top;
    }

    /// <summary>Returns the middle of a bin; 0 for the bin of 0 and of the subnormal numbers next to it.</summary>
    private static double Middle(int bin) => bin == 0 ? 0 : (Edge(bin) / 2) + (Edge(bin + 1) / 2);

    /// <summary>Returns the lower edge of a bin; after the last bin, the largest double instead of infinity.</summary>
    private static double Edge(int bin) => Math.Min(BitConverter.Int64BitsToDouble((long)bin << DroppedBits), double.MaxValue);
}

/// <summary>Counts the rows whose value lies in [<paramref name="Lower"/>, <paramref name="Lower"/> + <paramref name="Width"/>).</summary>
/// <param name="Lower">The lower edge, in the unit of the value.</param>
/// <param name="Width">The width, more than 0, in the unit of the value.</param>
/// <param name="Count">The number of rows.</param>
public readonly record struct HistogramBin(double Lower, double Width, long Count);
