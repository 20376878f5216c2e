namespace Diabetes.Bench.Metric;

/// <summary>
/// Measures the path of halves in the metric node, without broker and store: from the delivery to the verdict, and through the correlators.
/// </summary>
internal static class MetricBench
{
    private const int Times = 9;

    public static async Task<int> RunAsync(string[] only)
    {
        Console.WriteLine("| part | CPU µs | B |");
        Console.WriteLine("|---|---|---|");
        if (only is [] or ["offer"])
        {
            await using var offers = new OfferBench();
            Row("offer to verdict, a half, 8 buckets", Median(OfferBench.Halves, offers.Prepare, () => offers.Run(8)));
            Row("offer to verdict, a half, 64 buckets", Median(OfferBench.Halves, offers.Prepare, () => offers.Run(64)));
            Row("the same stream without the stage, a half", Median(OfferBench.Halves, offers.Prepare, offers.RunBare));
        }

        if (only is [] or ["correlators"])
        {
            foreach (var (buckets, apart) in ((int, int)[])[(8, 256), (64, 256), (8, 20_000), (64, 20_000)])
            {
                await using var correlators = new CorrelatorBench(buckets, apart);
                Row(
                    $"correlators, an observation, {buckets} buckets, {apart:N0} ids waiting",
                    Median(CorrelatorBench.Observations, correlators.Prepare, correlators.Run));
            }
        }

        return 0;
    }

    private static void Row(string name, Sample sample) =>
        Console.WriteLine($"| {name} | {sample.CpuNanoseconds / 1000:F2} | {sample.Bytes:F0} |");

    private static Sample Median(int count, Action prepare, Action work) => Sample.Median(Enumerable.Range(0, Times + 3).Select(_ =>
    {
        prepare();
        return Rounds.Time(count, work);
    }).Skip(3));
}
