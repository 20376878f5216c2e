namespace Diabetes.Bench;

/// <summary>
/// Compares two ways on a machine that others use too: many short rounds by turns, and a ratio for each pair of rounds, so that what
/// slows one slows the other. The order changes each round.
/// </summary>
internal static class Rounds
{
    public static Measured Compare(string name, int warmUps, int rounds, Func<Sample> raw, Func<Sample> ours)
    {
        for (var i = 0; i < warmUps; i++)
        {
            raw();
            ours();

            // The compiler's second look at the code begins when nothing new was called for a tenth of a second.
            Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System).Wait();
        }

        var pairs = new (Sample Raw, Sample Ours)[rounds];
        for (var round = 0; round < rounds; round++)
        {
            if (round % 2 == 0)
            {
                pairs[round].Raw = raw();
                pairs[round].Ours = ours();
            }
            else
            {
                pairs[round].Ours = ours();
                pairs[round].Raw = raw();
            }
        }

        var ratios = pairs.Select(pair => pair.Ours.Rate / pair.Raw.Rate).ToArray();
        return new Measured(
            name,
            Sample.Median(pairs.Select(pair => pair.Raw)),
            Sample.Median(pairs.Select(pair => pair.Ours)),
            Quantile(ratios, 0.5),
            Quantile(ratios, 0.25),
            Quantile(ratios, 0.75),
            Quantile(pairs.Select(pair => pair.Raw.CpuNanoseconds / pair.Ours.CpuNanoseconds), 0.5));
    }

    /// <summary>Times <paramref name="work"/>, which does something <paramref name="count"/> times.</summary>
    public static Sample Time(int count, Action work)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var bytes = GC.GetTotalAllocatedBytes(precise: true);
        var cpu = Environment.CpuUsage.TotalTime;
        var start = TimeProvider.System.GetTimestamp();
        work();
        var wall = TimeProvider.System.GetElapsedTime(start);
        cpu = Environment.CpuUsage.TotalTime - cpu;
        bytes = GC.GetTotalAllocatedBytes(precise: true) - bytes;
        return new Sample(count / wall.TotalSeconds, cpu.TotalNanoseconds / count, bytes / (double)count);
    }

    public static double Quantile(IEnumerable<double> values, double quantile)
    {
        var sorted = values.Order().ToArray();
        var position = quantile * (sorted.Length - 1);
        var below = (int)position;
        return below == sorted.Length - 1 ? sorted[below] : sorted[below] + ((position - below) * (sorted[below + 1] - sorted[below]));
    }
}
