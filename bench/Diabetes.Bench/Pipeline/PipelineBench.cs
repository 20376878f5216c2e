using Diabetes.Amqp.Settings;
using Diabetes.Bench.Amqp;
using Diabetes.Testing.RabbitMq;

namespace Diabetes.Bench.Pipeline;

/// <summary>
/// Measures the whole pipeline, this checkout by turns with another one. It subtracts from each run the cost of a run with a fifth of
/// the rows. That removes the start and the end of the processes, and most of the JIT compiler's work, which lasts for some ten
/// thousand rows.
/// </summary>
internal static class PipelineBench
{
    private static readonly string Here = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../.."));

    public static async Task<int> RunAsync(PipelineOptions options)
    {
        if (options.Runs("all-in-one"))
        {
            Head("all-in-one");
            await CompareAsync(options, "in process", options.Rows, static (run, rows, _) => run.AllInOneAsync(rows));
        }

        if (options.Runs("classic") || options.Runs("quorum") || options.Runs("latency"))
        {
            await using var server = await PrivateRabbitMq.OpenAsync();
            foreach (var kind in ((QueueKind, string)[])[(QueueKind.Classic, "classic"), (QueueKind.Quorum, "quorum")])
            {
                if (options.Runs(kind.Item2))
                {
                    await FourProcessesAsync(options, server.Uri, kind.Item1);
                }
            }

            if (options.Runs("latency"))
            {
                await LatencyAsync(options, server.Uri);
            }
        }

        return 0;
    }

    private static async Task FourProcessesAsync(PipelineOptions options, Uri uri, QueueKind kind)
    {
        var rows = options.Rows / 4;
        Head($"four processes, {kind} queues, durable");
        await CompareAsync(options, "default", rows, (run, count, _) => run.FourProcessesAsync(uri, kind, count));
        await CompareAsync(options, "a notification a row", rows, (run, count, isOurs) => isOurs
            ? run.FourProcessesAsync(uri, kind, count, 0, "features.notify-interval=0s")
            : run.FourProcessesAsync(uri, kind, count));
        foreach (var queues in (int[])[3, 4])
        {
            await using var raw = await RawRoundTrip.OpenAsync(uri, rows, queues, kind);
            var samples = new List<Sample>();
            for (var time = -1; time < options.Times; time++)
            {
                var sample = Rounds.Time(rows, () => raw.RunAsync(rows).Wait());
                samples.AddRange(time < 0 ? [] : [sample]);
            }

            var median = Sample.Median(samples);
            Console.WriteLine(
                $"| bare client, {queues} messages a row | | | {median.Rate:N0} "
                + $"| {median.CpuNanoseconds / 1000:F0} | {median.Bytes:N0} | |");
        }
    }

    private static void Head(string title)
    {
        Console.WriteLine($"\n{title}\n");
        Console.WriteLine(
            "| run | CPU ours : other (quartiles) | rows/s ours : other (quartiles) | rows/s "
            + "| CPU µs/row | B/row | GC pause µs/row |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
    }

    private static async Task CompareAsync(PipelineOptions options, string name, int rows, Func<PipelineRun, int, bool, Task<Usage>> run)
    {
        var (ours, other) = (new PipelineRun(Here), options.Against is { } against ? new PipelineRun(against) : null);
        var (our, others) = (new List<Usage>(), new List<Usage>());
        for (var time = 0; time < options.Times; time++)
        {
            foreach (var isOurs in time % 2 == 0 ? (bool[])[true, false] : [false, true])
            {
                if ((isOurs ? ours : other) is { } checkout)
                {
                    var few = await run(checkout, rows / 5, isOurs);
                    (isOurs ? our : others).Add(await run(checkout, rows, isOurs) - few);
                }
            }
        }

        var (cpu, rate) = others.Count > 0
            ? (
                Ratio(our.Zip(others, static (one, two) => one.Cpu / two.Cpu)),
                Ratio(our.Zip(others, static (one, two) => two.Seconds / one.Seconds)))
            : ("", "");
        Row($"{name}, ours", cpu, rate, our, rows - (rows / 5));
        if (others.Count > 0)
        {
            Row($"{name}, other", "", "", others, rows - (rows / 5));
        }
    }

    private static string Ratio(IEnumerable<double> ratios)
    {
        var all = ratios.ToArray();
        return $"{Rounds.Quantile(all, 0.5):F2} ({Rounds.Quantile(all, 0.25):F2}–{Rounds.Quantile(all, 0.75):F2})";
    }

    private static void Row(string name, string cpu, string rate, List<Usage> usages, int rows)
    {
        Console.WriteLine(
            $"| {name} | {cpu} | {rate} | {rows / Median(static usage => usage.Seconds):N0} "
            + $"| {1e6 * Median(static usage => usage.Cpu) / rows:F1} "
            + $"| {Median(static usage => usage.Bytes) / rows:N0} "
            + $"| {1e6 * Median(static usage => usage.Pause) / rows:F1} |");

        double Median(Func<Usage, double> part) => Rounds.Quantile(usages.Select(part), 0.5);
    }

    /// <summary>At half the rate that is asked for over quorum queues.</summary>
    private static async Task LatencyAsync(PipelineOptions options, Uri uri)
    {
        const int Rate = 3_250;
        Console.WriteLine($"\n{Rate:N0} rows a second, quorum queues: from the time in the id to the row in the ledger\n");
        Console.WriteLine("| run | p50 ms | p99 ms | most ms |");
        Console.WriteLine("|---|---|---|---|");
        foreach (var (name, folder) in ((string, string?)[])[("ours", Here), ("other", options.Against)])
        {
            if (folder is not null)
            {
                var run = new PipelineRun(folder);
                await run.FourProcessesAsync(uri, QueueKind.Quorum, 30 * Rate, Rate);

                // Skips the first seconds: the JIT compiler does most of its work then, and the rows that waited meanwhile are caught up.
                var delays = run.Delays.Skip(20 * Rate).ToArray();
                Console.WriteLine(
                    $"| {name} | {Rounds.Quantile(delays, 0.5):F0} | {Rounds.Quantile(delays, 0.99):F0} | {delays.Max():F0} |");
            }
        }
    }
}
