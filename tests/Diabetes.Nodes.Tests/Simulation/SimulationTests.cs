using System.Globalization;
using Xunit.Abstractions;

namespace Diabetes.Nodes.Tests.Simulation;

/// <summary>
/// Runs the whole metric node on virtual time. A seed decides the order of everything, what gets lost and when the node crashes; every
/// guarantee is checked during the run and at its end. SIMULATION_SEED=17 runs one seed and prints what happened; SIMULATION_FIRST and
/// SIMULATION_SEEDS run other seeds than the first 1,500.
/// </summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    [Fact]
    public void Seeds_WhateverHappensWhenever_EveryPromiseIsKept()
    {
        if (Read("SIMULATION_SEED", -1) is var one and >= 0)
        {
            var (failure, story) = Replay.Of(Scenario.Of(one), one);
            output.WriteLine(story);
            Assert.Null(failure);
            return;
        }

        var first = Read("SIMULATION_FIRST", 1);
        var run = Parallel.For(first, first + Read("SIMULATION_SEEDS", 1_500), static (seed, loop) =>
        {
            if (Fails(seed))
            {
                loop.Break();
            }
        });
        if (run.LowestBreakIteration is { } lowest)
        {
            var seed = (int)lowest;
            var (failure, story) = Replay.Shrunk(Scenario.Of(seed), seed);
            Assert.Fail(
                $"Seed {seed}: {failure}\n{story}\nShown with as few messages as it takes; SIMULATION_SEED={seed} shows all that "
                + "happened.");
        }
    }

    /// <summary>Runs the same scenarios with SQLite and its files beside the simulated store.</summary>
    [Fact]
    public void Seeds_SqliteBesideTheSimulatedStore_KnowsAndKeepsTheSame() => Assert.All(Enumerable.Range(1, 100), static seed =>
    {
        var scenario = Scenario.Of(seed);
        using var twin = new StoreTwin(scenario);
        Assert.Null(new World(scenario, seed, traced: false) { Twin = twin }.Run());
    });

    [Fact]
    public void Seed_RunTwice_HappensAgainToTheLetter() =>
        Assert.All(Enumerable.Range(1, 20), seed => Assert.Equal(Replay.Of(Scenario.Of(seed), seed), Replay.Of(Scenario.Of(seed), seed)));

    [Theory]
    [InlineData(Mutant.StoreForgets)]
    [InlineData(Mutant.AckBeforeCommit)]
    [InlineData(Mutant.RowTwice)]
    [InlineData(Mutant.LostReject)]
    [InlineData(Mutant.ActorThrows)]
    [InlineData(Mutant.WrongOrigin)]
    public void Seeds_Mutant_IsFoundOut(Mutant mutant) =>
        Assert.Contains(Enumerable.Range(1, 100), seed => new World(Scenario.Of(seed).With(mutant), seed, traced: false).Run() is not null);

    /// <summary>A change of the scenarios must not take the troubles away that the seeds are for.</summary>
    [Fact]
    public void Seeds_First100_HoldEveryTrouble()
    {
        string[] troubles =
        [
            "CRASH", "cut of", "refused", "fault", "is lost", "a bucket stops", "drains", "again", "late join", "conflict",
        ];
        var found = troubles.ToDictionary(trouble => trouble, _ => 0);
        foreach (var seed in Enumerable.Range(1, 100))
        {
            var world = new World(Scenario.Of(seed), seed, traced: true);
            Assert.Null(world.Run());
            foreach (var trouble in troubles)
            {
                found[trouble] += trouble switch
                {
                    "late join" => world.Store.LateRows.Count > 0,
                    "conflict" => world.Scenario.Models.Count == 0
                        && world.File.Messages.Any(message => !message.Body.StartsWith("junk", StringComparison.Ordinal)),
                    _ => world.Trace!.Lines.Any(line => line.Contains(trouble, StringComparison.Ordinal)),
                } ? 1 : 0;
            }
        }

        Assert.All(found, trouble => Assert.True(trouble.Value >= 10, $"{trouble.Value} of 100 seeds have: {trouble.Key}"));
    }

    private static bool Fails(int seed) => new World(Scenario.Of(seed), seed, traced: false).Run() is not null;

    private static int Read(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
