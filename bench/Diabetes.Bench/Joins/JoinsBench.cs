using Diabetes.Domain.Joining;
using Diabetes.Ledger;
using Diabetes.Ledger.Csv;

namespace Diabetes.Bench.Joins;

/// <summary>
/// Measures the embedded store: spilling halves, keeping pairs, starting again. Each round does what a metric node does: keys, decision,
/// transaction, fsync.
/// </summary>
internal static class JoinsBench
{
    private const int Batch = 1_000;
    private const int WarmUps = 10;
    private const int LedgerRounds = 51;

    public static async Task<int> RunAsync(string[] only)
    {
        if (only is [] or ["spill"])
        {
            Console.WriteLine("| batches of 1,000 halves | halves/s (quartiles) | ms a batch | CPU µs/half |");
            Console.WriteLine("|---|---|---|---|");
            await SpillAsync("spilled, ids are times", uuids: false);
            await SpillAsync("spilled, ids are UUIDs", uuids: true);
            await MeetAsync();
        }

        if (only is [] or ["ledger"])
        {
            await LedgerAsync();
        }

        if (only is [] or ["restart"])
        {
            await RestartAsync();
        }

        return 0;
    }

    private static async Task SpillAsync(string name, bool uuids)
    {
        await using var store = new StoreFolder(uuids);
        var batches = Enumerable.Range(0, 400).Select(_ => StoreFolder.Halves(store.Ids(Batch), PairSide.YTrue)).ToArray();
        Report(name, batches.Select(batch => Rounds.Time(Batch, () => store.Commit(batch))));
    }

    private static async Task MeetAsync()
    {
        await using var store = new StoreFolder();
        var ids = Enumerable.Range(0, 400).Select(_ => store.Ids(Batch)).ToArray();
        Array.ForEach(ids, some => store.Commit(StoreFolder.Halves(some, PairSide.YPred)));
        var labels = ids.Select(some => StoreFolder.Halves(some, PairSide.YTrue)).ToArray();
        Report("that meet what was spilled", labels.Select(batch => Rounds.Time(Batch, () => store.Commit(batch))));
    }

    private static void Report(string name, IEnumerable<Sample> samples)
    {
        // The first rounds warm the code up.
        var all = samples.Skip(50).ToArray();
        var rates = all.Select(static sample => sample.Rate).ToArray();
        var whole = all.Length / all.Sum(static sample => 1 / sample.Rate);
        Console.WriteLine(
            $"| {name} | {whole:N0}, median {Rounds.Quantile(rates, 0.5):N0} "
            + $"({Rounds.Quantile(rates, 0.25):N0}–{Rounds.Quantile(rates, 0.75):N0}) "
            + $"| {1000.0 * Batch / whole:F2} "
            + $"| {Rounds.Quantile(all.Select(static sample => sample.CpuNanoseconds), 0.5) / 1000:F2} |");
    }

    private static async Task LedgerAsync()
    {
        Console.WriteLine("\n| pairs a commit | raw writer rows/s | ours rows/s | ratio (quartiles) | CPU µs/row raw | CPU µs/row ours |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (var (pairs, commits) in ((int, int)[])[(20, 50), (200, 20), (1_000, 10), (2_000, 5)])
        {
            await using var ledger = new PairCommit(pairs, commits * (WarmUps + LedgerRounds));
            var measured = Rounds.Compare($"{pairs:N0}", WarmUps, LedgerRounds, () => Time(ledger.Raw), () => Time(ledger.Ours));
            Console.WriteLine(
                $"| {measured.Name} | {measured.Raw.Rate:N0} | {measured.Ours.Rate:N0} "
                + $"| {measured.Ratio:F2} ({measured.Low:F2}–{measured.High:F2}) "
                + $"| {measured.Raw.CpuNanoseconds / 1000:F2} | {measured.Ours.CpuNanoseconds / 1000:F2} |");

            // A round is several commits, or it would measure how cold the caches are after what Rounds does between two.
            Sample Time(Action commit) => Rounds.Time(pairs * commits, () =>
            {
                for (var i = 0; i < commits; i++)
                {
                    commit();
                }
            });
        }
    }

    private static async Task RestartAsync()
    {
        const int million = 1_000_000;
        await using var store = new StoreFolder();
        for (var i = 0; i < million; i += 10_000)
        {
            store.Commit(StoreFolder.Pairs(store.Ids(10_000)));
            store.Commit(StoreFolder.Halves(store.Ids(10_000), i % 20_000 == 0 ? PairSide.YTrue : PairSide.YPred));
        }

        await store.CloseAsync();
        var start = TimeProvider.System.GetTimestamp();
        store.Open();
        var clean = TimeProvider.System.GetElapsedTime(start);
        start = TimeProvider.System.GetTimestamp();
        var (reader, position) = (new CsvLedgerReader(store.Ledger), 0L);
        for (
            LedgerPage page;
            (page = await reader.ReadFromAsync(position, 10_000, CancellationToken.None)).Rows.Count > 0;
            position = page.Next)
        {
        }

        var read = TimeProvider.System.GetElapsedTime(start);
        await store.CloseAsync();
        File.Delete(store.File("metric.db"));
        start = TimeProvider.System.GetTimestamp();
        store.Open();
        var anew = TimeProvider.System.GetElapsedTime(start);
        Console.WriteLine(
            $"\n1,000,000 rows and 1,000,000 pending halves: up again in {clean.TotalSeconds:F3} s, "
            + $"read by a follower in {read.TotalSeconds:F1} s. "
            + $"Without its database, which has to be built anew from the ledger: {anew.TotalSeconds:F1} s.");
    }
}
