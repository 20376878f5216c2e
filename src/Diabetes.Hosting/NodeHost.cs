using Akka.Hosting;
using Diabetes.Hosting.Actors;
using Diabetes.Hosting.Configuration;
using Diabetes.Hosting.Shutdown;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Diabetes.Hosting;

/// <summary>Runs one node from its command line to its exit code: settings, log, broker, actors, signals, drain.</summary>
public static class NodeHost
{
    /// <summary>Runs the node until it has nothing more to do, a signal comes or it fails.</summary>
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

            var settings = Settings.Load(node.Name, args, node.Options);
            settings.Check(node.Settings, node.Rules);
            node.Check(settings);
            return (int)await RunAsync(node, settings);
        }
        catch (SettingsException refused)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            return (int)ExitCode.BadConfiguration;
        }
    }

    private static async Task<ExitCode> RunAsync(NodeRecipe node, Settings settings)
    {
        using var loggers = ConsoleLog.Create();
        using var giveUp = new CancellationTokenSource();
        using var ending = new EndSignal(TimeProvider.System);
        var drain = new DrainLog { GiveUp = giveUp.Token };
        var logger = loggers.CreateLogger(node.Name);
        using var host = Build(node, settings, loggers, ending, drain);

        // End the process when its actor system ends by itself: it would go on running, and do nothing.
        host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(
            () => ending.Raise(new Ending("the end of its actor system", ExitCode.Failed)));

        Log.Starting(logger, node.Name, Path.GetFullPath(settings.Get(NodeSettings.LogsPath)));
        try
        {
            // What the node needs is opened by its recipe, before there is an actor.
            host.Services.GetRequiredService<AkkaConfigurationBuilder>();
            AkkaSetup.Create(host.Services);
            await host.StartAsync();
        }
        catch (Exception failure) when (failure is not SettingsException)
        {
            Log.NodeFailed(logger, "The node cannot start.", failure.GetBaseException().Message, failure);
            ending.Raise(new Ending("a failure", ExitCode.Failed));
        }

        var end = await ending.Raised;
        Log.Draining(logger, end.Cause);
        var drainTimeout = settings.Get(NodeSettings.DrainTimeout);
        giveUp.CancelAfter(drainTimeout);
        var stop = host.StopAsync(CancellationToken.None);
        await stop.WaitAsync(DrainTimes.Shutdown(drainTimeout)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!stop.IsCompletedSuccessfully)
        {
            drain.AddLeft("the actor system did not end");
        }

        return Report(end, drain, logger);
    }

    private static IHost Build(NodeRecipe node, Settings settings, ILoggerFactory loggers, EndSignal ending, DrainLog drain)
    {
        // Empty: files, environment and command line are read already, and the console is the node's own.
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = $"diabetes-{node.Name}" });
        builder.Services
            .Configure<HostOptions>(options => options.ShutdownTimeout = DrainTimes.Shutdown(settings.Get(NodeSettings.DrainTimeout)))
            .AddSingleton(loggers)
            .AddSingleton<IHostLifetime>(ending)
            .AddSingleton(TimeProvider.System)
            .AddSingleton(settings)
            .AddSingleton(drain)
            .AddSingleton(AmqpFactory.Open(node.Name, settings, TimeProvider.System, loggers))
            .AddAkka("diabetes", (akka, services) =>
            {
                akka.AddHocon(AkkaSetup.Of(settings, TimeProvider.System), HoconAddMode.Prepend)
                    .WithHostActors(ending, loggers.CreateLogger(ConsoleLog.Actors), loggers.CreateLogger(node.Name))
                    .WithNode(services, node.Name, static context => context.OnDrain(
                        CoordinatedShutdown.PhaseBeforeActorSystemTerminate, "close the broker's connections", () => context.Amqp.DisposeAsync().AsTask()));
                node.Add(akka, services);
            });
        return builder.Build();
    }

    private static ExitCode Report(Ending end, DrainLog drain, ILogger logger)
    {
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
    }
}
