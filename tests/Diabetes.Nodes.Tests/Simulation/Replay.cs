namespace Diabetes.Nodes.Tests.Simulation;

/// <summary>Runs a seed again and tells what happened.</summary>
internal static class Replay
{
    /// <returns>What was promised and not kept, if anything, and all that happened.</returns>
    public static (string? Failure, string Story) Of(Scenario scenario, int seed)
    {
        var world = new World(scenario, seed, traced: true);
        var failure = world.Run();
        return (failure, string.Join('\n', world.Trace!.Lines));
    }

    /// <summary>The same of as few messages as a failing seed still fails with, for somebody to read.</summary>
    public static (string? Failure, string Story) Shrunk(Scenario scenario, int seed)
    {
        foreach (var message in scenario.Messages)
        {
            var fewer = scenario.With(scenario.Messages.Where(kept => kept != message));
            if (new World(fewer, seed, traced: false).Run() is not null)
            {
                scenario = fewer;
            }
        }

        return Of(scenario, seed);
    }
}
