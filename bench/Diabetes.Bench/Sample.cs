namespace Diabetes.Bench;

/// <summary>One measurement.</summary>
/// <param name="Rate">Operations a second.</param>
/// <param name="CpuNanoseconds">Processor time of the whole process an operation.</param>
/// <param name="Bytes">Allocated by the whole process an operation.</param>
internal readonly record struct Sample(double Rate, double CpuNanoseconds, double Bytes)
{
    /// <summary>The median of each.</summary>
    public static Sample Median(IEnumerable<Sample> samples)
    {
        var all = samples.ToArray();
        return new Sample(
            Rounds.Quantile(all.Select(sample => sample.Rate), 0.5),
            Rounds.Quantile(all.Select(sample => sample.CpuNanoseconds), 0.5),
            Rounds.Quantile(all.Select(sample => sample.Bytes), 0.5));
    }
}
