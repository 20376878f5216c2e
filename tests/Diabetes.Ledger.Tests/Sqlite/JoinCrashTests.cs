using Diabetes.Ledger.Tests.Disk;

namespace Diabetes.Ledger.Tests.Sqlite;

/// <summary>
/// The process dies at each single step in turn, of commits, sweeps, starts and ends, with none, some or all of what was not synced
/// surviving; or the step merely fails. Whatever was not settled is done again. In the end the files are, byte for byte, those of a run in
/// which nothing happened.
/// </summary>
public sealed class JoinCrashTests
{
    private static readonly Dictionary<string, byte[]> NoDatabase = [];

    public static IEnumerable<object[]> Crashes =>
        from seed in Enumerable.Range(1, 4)
        from survives in (double[])[0, 0.4, 1]
        from rotates in (bool[])[false, true]
        select new object[] { seed, survives, rotates };

    [Theory]
    [MemberData(nameof(Crashes))]
    public async Task Store_DiesAtAnyStep_IsAsIfNothingHappened(int seed, double survives, bool rotates)
    {
        var script = new JoinScript(seed, ids: 12, rotates);
        var expected = await UndisturbedAsync(script);
        var deaths = 0;
        for (var step = 1; await OutcomeAsync(script, survives, step) is { } outcome; step++)
        {
            Assert.True(expected == outcome, $"seed {seed}, died at step {step}:\n{outcome}\ninstead of\n{expected}");
            deaths++;
        }

        Assert.InRange(deaths, 80, 1000);
    }

    [Theory]
    [InlineData(11, false)]
    [InlineData(12, false)]
    [InlineData(13, true)]
    public async Task Store_DiesAndDiesAgainWhileItComesUp_IsAsIfNothingHappened(int seed, bool rotates)
    {
        // The second start may come upon a half-done rotation.
        var stepsOfAStart = rotates ? 26 : 16;
        var script = new JoinScript(seed, ids: rotates ? 5 : 4, rotates);
        var expected = await UndisturbedAsync(script);
        for (var first = 1; ; first++)
        {
            for (var second = 1; second <= stepsOfAStart; second++)
            {
                if (await OutcomeAsync(script, (first + second) % 3 / 2.0, first, second) is not { } outcome)
                {
                    Assert.InRange(first, 40, 1000);
                    return;
                }

                Assert.True(expected == outcome, $"seed {seed}, died at step {first} and again at {second}:\n{outcome}\n" +
                    $"instead of\n{expected}");
            }
        }
    }

    [Theory]
    [InlineData(21, 0, false)]
    [InlineData(22, 0.4, false)]
    [InlineData(23, 1, false)]
    [InlineData(24, 0, true)]
    [InlineData(25, 0.4, true)]
    [InlineData(26, 1, true)]
    public async Task Store_StepFails_TriesAgainAndIsAsIfNothingHappened(int seed, double torn, bool rotates)
    {
        var script = new JoinScript(seed, ids: 12, rotates);
        var expected = await UndisturbedAsync(script);
        for (var step = 1; step < (rotates ? 130 : 100); step++)
        {
            var disk = new MemoryDisk { TornAt = torn };
            using var life = new StoreLife(disk, NoDatabase) { EndsAt = step, OnlyFails = true };
            Assert.Equal(script.Count, await life.RunAsync(script, 0));

            // After a clean end nothing is owed to the disk.
            using var files = new StoreLife(disk.AfterPowerCut(0), NoDatabase);
            Assert.True(expected == files.Files, $"seed {seed}, failed at step {step}:\n{files.Files}\ninstead of\n{expected}");
        }
    }

    [Theory]
    [InlineData(41, 0)]
    [InlineData(42, 0.4)]
    [InlineData(43, 1)]
    public async Task Store_DiesAtAnyStepBesideAnArchiver_IsAsIfNothingHappened(int seed, double survives)
    {
        var script = new JoinScript(seed, ids: 12, rotates: true);
        var expected = await UndisturbedAsync(script);
        var deaths = 0;
        for (var step = 1; await OutcomeAsync(script, survives, new SortedDictionary<int, string>(), step) is { } outcome; step++)
        {
            Assert.True(expected == outcome, $"seed {seed}, died at step {step}:\n{outcome}\ninstead of\n{expected}");
            deaths++;
        }

        Assert.InRange(deaths, 80, 1000);
    }

    [Theory]
    [InlineData(51)]
    [InlineData(24)]
    public async Task Store_StepFailsBesideAnArchiver_IsAsIfNothingHappened(int seed)
    {
        var script = new JoinScript(seed, ids: 12, rotates: true);
        var expected = await UndisturbedAsync(script);
        for (var step = 1; step < 130; step++)
        {
            using var life = new StoreLife(new MemoryDisk(), NoDatabase) { EndsAt = step, OnlyFails = true, Archive = [] };
            Assert.Equal(script.Count, await life.RunAsync(script, 0));
            Assert.True(expected == life.Files, $"seed {seed}, failed at step {step}:\n{life.Files}\ninstead of\n{expected}");
        }
    }

    [Theory]
    [InlineData(31)]
    [InlineData(32)]
    public async Task Store_Rotates_HasTheSameRowsInTheSameOrder(int seed)
    {
        var rows = new List<string>();
        foreach (var rotates in (bool[])[false, true])
        {
            using var life = new StoreLife(new MemoryDisk(), NoDatabase);
            await life.RunAsync(new JoinScript(seed, ids: 12, rotates), 0);
            rows.Add(life.Rows);
            Assert.Equal(rotates, life.Segments.Count > 0);
        }

        Assert.Equal(rows[0], rows[1]);
    }

    private static async Task<string> UndisturbedAsync(JoinScript script)
    {
        using var life = new StoreLife(new MemoryDisk(), NoDatabase);
        Assert.Equal(script.Count, await life.RunAsync(script, 0));
        var counts = life.Counts;
        Assert.True(counts is { Rows: > 1, LateRows: > 0 } && script.Rotates == life.Segments.Count > 0,
            $"The script is too tame: {counts}, {life.Segments.Count} segments.");
        return life.Files;
    }

    private static Task<string?> OutcomeAsync(JoinScript script, double survives, params int[] deaths) =>
        OutcomeAsync(script, survives, null, deaths);

    /// <returns>The files in the end; null if the script was through before the last death.</returns>
    private static async Task<string?> OutcomeAsync(JoinScript script, double survives, SortedDictionary<int, string>? archive,
        params int[] deaths)
    {
        var (disk, operation) = (new MemoryDisk(), 0);
        IReadOnlyDictionary<string, byte[]> database = NoDatabase;
        foreach (var step in deaths)
        {
            disk.TornAt = survives;
            using var life = new StoreLife(disk, database) { EndsAt = step, CommitTornAt = survives == 0.4 ? 0.4 : 1, Archive = archive };
            operation = await life.RunAsync(script, operation);
            if (!life.HasEnded)
            {
                return null;
            }

            (disk, database) = (disk.AfterPowerCut(survives), life.Database);
        }

        using var last = new StoreLife(disk, database) { Archive = archive };
        Assert.Equal(script.Count, await last.RunAsync(script, operation));
        return last.Files;
    }
}
