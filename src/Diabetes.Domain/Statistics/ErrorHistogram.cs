namespace Diabetes.Domain.Statistics;

/// <summary>
/// Counts non-negative numbers in bins. Each doubling of the number has 128 bins of equal width (as in HdrHistogram), so a bin is narrower
/// than 1 % of its numbers, for all normal doubles. A doubling takes 1 KiB once it holds a number: about 2 MiB if every doubling holds one.
/// The result depends only on the numbers and not on their order, and two histograms can be merged without loss. Not thread-safe.
/// </summary>
public sealed class ErrorHistogram
{
    /// <summary>The largest relative error of <see cref="Quantile"/>.</summary>
    public const double RelativeError = 1 / 256.0;

    private const int BinsPerDoubling = 128;
    private const int Doublings = 2047;

    // A bin's number is the bit pattern of a double without these low bits: the exponent and the first 7 bits of the fraction.
    private const int DroppedBits = 52 - 7;

    /// <summary>Index i holds the bins i × 128 to i × 128 + 127; null as long as they are empty.</summary>
    private readonly long[]?[] _counts = new long[Doublings][];

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
        foreach (var (bin, count) in other.Filled())
        {
            Put(bin, count);
        }

        Total += other.Total;
    }

    /// <summary>
    /// Estimates the number below which the share <paramref name="quantile"/> of all numbers lies, interpolated between two ranks (numpy's
    /// default); 0.5 is the median. The relative error is at most <see cref="RelativeError"/>, whatever other numbers there are; only
    /// numbers below 2.3e-308, which a double itself holds with fewer digits, have an absolute error, of at most 2e-310. NaN if there are
    /// no numbers.
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

    /// <summary>Returns a copy of the bins that are not empty, in ascending order. All histograms have the same bin edges.</summary>
    public IReadOnlyList<HistogramBin> Bins() =>
        [.. Filled().Select(bin => new HistogramBin(Edge(bin.Bin), Edge(bin.Bin + 1) - Edge(bin.Bin), bin.Count))];

    private double AtRank(long rank)
    {
        foreach (var (bin, count) in Filled())
        {
            if (rank < count)
            {
                return Middle(bin);
            }

            rank -= count;
        }

        return 0;
    }

    private IEnumerable<(int Bin, long Count)> Filled()
    {
        for (var doubling = 0; doubling < Doublings; doubling++)
        {
            for (var i = 0; _counts[doubling] is { } counts && i < BinsPerDoubling; i++)
            {
                if (counts[i] > 0)
                {
                    yield return ((doubling * BinsPerDoubling) + i, counts[i]);
                }
            }
        }
    }

    private void Put(int bin, long count) =>
        (_counts[bin / BinsPerDoubling] ??= new long[BinsPerDoubling])[bin % BinsPerDoubling] += count;

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
