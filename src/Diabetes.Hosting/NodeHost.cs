
namespace Diabetes.Hosting;

/// <summary>Runs one node from its command line to its exit code: settings, log, broker, actors, signals, drain.</summary>
public static class NodeHost
{
    /// <summary>Past the drain's deadline: a grace for each phase that is still to come.</summary>
    private static readonly TimeSpan Grace = NodeContext.Grace * (Enum.GetValues<DrainPhase>().Length + 1);

    /// <summary>Runs the node until it has nothing more to do, a signal comes or it fails.</summary>
    /// <param name="node">The recipe.</param>
    /// <param name="args">The command line.</param>
    /// <returns>An <see cref="ExitCode"/> for the process.</returns>
    public static async Task<int> RunAsync(INode node, string[] args)
    {
        try
        {
            if (Settings.Help(node.Name, args) is { } help)
            {
                await Console.Out.WriteLineAsync(help);
                return (int)ExitCode.Clean;
            }

            var settings = Settings.Load(node.Name, args);
            settings.Check(node.Settings);
            node.Check(settings);
            return (int)await RunAsync(node, settings);
        }
        catch (SettingsException refused)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            return (int)ExitCode.BadConfiguration;
        }
    }

    private static async Task<ExitCode> RunAsync(INode node, Settings settings)
    {
        using var loggers = ConsoleLog.Create();
        using var giveUp = new CancellationTokenSource();
        var time = TimeProvider.System;
        using var ending = new EndSignal(time);

        var broker = BrokerFactory.Open(node.Name, settings, time, loggers);
        var deadline = settings.Get(CommonSettings.DrainTimeout);
        var system = ActorSystem.Create(
            node.Name, BootstrapSetup.Create().WithTimeProvider(time).WithPhaseTimeout(deadline + Grace).WithShutdownDeadline(deadline + Grace));
        system.ActorOf(Props.Create(() => new ActorLog(loggers.CreateLogger("actors"))), "actor-log");
        system.ActorOf(Props.Create(() => new FailureWatch(ending, loggers.CreateLogger(node.Name))), "failure-watch");

        var drain = new DrainLog();
        var context = new NodeContext(node.Name, system, broker, settings, time, loggers, drain, giveUp.Token);
        context.OnDrain(DrainPhase.Disconnect, "close the broker's connections", () => broker.DisposeAsync().AsTask());

        var logger = context.Logger;
        Log.Starting(logger, node.Name, Path.GetFullPath(settings.Get(CommonSettings.LogsPath)));
        var done = node.Start(context);
        _ = done.ContinueWith(
            task => ending.Raise(task.IsFaulted ? Failed(task.Exception) : new Ending("its work is done", ExitCode.Clean)), TaskScheduler.Default);

        var end = await ending.Raised;
        Log.Draining(logger, end.Cause);
        giveUp.CancelAfter(deadline);
        Task shutdown = CoordinatedShutdown.Get(system).Run(CoordinatedShutdown.ClrExitReason.Instance);
        await shutdown.WaitAsync(deadline + Grace).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!shutdown.IsCompleted)
        {
            drain.AddLeft("the actor system did not end");
        }

        foreach (var line in drain.Summaries)
        {
            Log.Summary(logger, line);
        }

        foreach (var left in drain.Left)
        {
            Log.LeftBehind(logger, left);
        }

        if (drain.Left.Count == 0)
        {
            return end.ExitCode;
        }

        Log.WhereTheRestIs(logger);
        return end.ExitCode == ExitCode.Clean ? ExitCode.DrainTimeout : end.ExitCode;

        Ending Failed(Exception failure)
        {
            Log.NodeFailed(logger, "The node stopped working.", failure.GetBaseException().Message, failure);
            return new Ending("a failure", ExitCode.Failed);
        }
    }
}
