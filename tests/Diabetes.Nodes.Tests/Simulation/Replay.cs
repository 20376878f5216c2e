namespace Diabetes.Nodes.Tests.Simulation;

/// <summary>Runs a seed again and records what happened.</summary>
internal static class Replay
{
    /// <returns>The guarantee that was broken, or null, and everything that happened.</returns>
    public static (string? Failure, string Story) Of(Scenario scenario, int seed)
    {
        var world = new World(scenario, seed, traced: true);
        var failure = world.Run();
        return (failure, string.Join('\n', world.Trace!.Lines));
    }

    /// <summary>Does the same with as few messages as the seed needs to fail, for a person to read.</summary>
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
