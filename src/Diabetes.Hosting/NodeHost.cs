using Diabetes.Hosting.Configuration;
using Diabetes.Hosting.Shutdown;

namespace Diabetes.Hosting;

/// <summary>Runs one node from its command line to its exit code.</summary>
public static class NodeHost
{
    /// <summary>Runs the node until its work is done, a signal comes or it fails.</summary>
    /// <param name="node">The recipe.</param>
    /// <param name="args">The command line.</param>
    /// <returns>An <see cref="ExitCode"/> for the process.</returns>
    public static async Task<int> RunAsync(NodeRecipe node, string[] args)
    {
        try
        {
            if (Settings.Help(node.Name, args, node.Options) is { } help)
            {
                await Console.Out.WriteLineAsync(help);
                return (int)ExitCode.Clean;
            }

            if (Secrets.Seen(args) is { } word)
            {
                await Console.Error.WriteLineAsync(word);
            }

            using var outOfMemory = OutOfMemory.EndsTheProcess();
            var settings = Settings.Load(node.Name, args, node.Options);
            settings.Check(node.Settings, node.Rules);
            using var run = new NodeRun(node, settings);
            node.Check(settings);
            return (int)await run.RunAsync();
        }
        catch (SettingsException refused)
        {
            foreach (var problem in refused.Problems)
            {
                await Console.Error.WriteLineAsync(problem);
            }

            return (int)ExitCode.BadConfiguration;
        }
    }
}
