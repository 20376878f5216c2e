using Akka.Hosting;
using Diabetes.Amqp;
using Diabetes.Hosting.Actors;
using Diabetes.Hosting.Configuration;
using Diabetes.Hosting.Shutdown;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Diabetes.Hosting;

/// <summary>Runs a node whose settings are checked: builds its host, starts it, waits for what ends it, drains it and reports.</summary>
internal sealed class NodeRun : IDisposable
{
    private readonly NodeRecipe _node;
    private readonly Settings _settings;
    private readonly TimeSpan _drainTimeout;
    private readonly ILoggerFactory _loggers = ConsoleLog.Create();
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _giveUp = new();
    private readonly EndSignal _ending = new(TimeProvider.System);
    private readonly DrainLog _drain;
    private readonly AmqpConnection _amqp;

    /// <summary>Opens nothing yet: neither a file nor a connection.</summary>
    /// <exception cref="SettingsException">The URI of the broker or the file of certificate authorities cannot be used.</exception>
    public NodeRun(NodeRecipe node, Settings settings)
    {
        (_node, _settings, _drainTimeout) = (node, settings, settings.Get(NodeSettings.DrainTimeout));
        _logger = _loggers.CreateLogger(node.Name);
        _drain = new DrainLog { GiveUp = _giveUp.Token };
        _amqp = AmqpFactory.Open(node.Name, settings, TimeProvider.System, _loggers);
    }

    /// <summary>Runs the node from its first log line to its last.</summary>
    /// <exception cref="SettingsException">A file, a folder or a key below <c>akka</c> cannot be used; no actor was started.</exception>
    public async Task<ExitCode> RunAsync()
    {
        using var host = Build();
        var folder = Path.GetFullPath(_settings.Get(NodeSettings.LogsPath));
        Log.Starting(_logger, _node.Name, _node.WritesFiles ? $"; it writes its files to {folder}" : "");
        await StartAsync(host);
        var end = await _ending.Raised;
        Log.Draining(_logger, end.Cause);
        await DrainAsync(host);
        return Report(end);
    }

    public void Dispose()
    {
        _ending.Dispose();
        _giveUp.Dispose();
        _loggers.Dispose();
    }

    private IHost Build()
    {
        // Not the default builder: it would read files, environment and command line again and log to the console in its own format.
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = $"diabetes-{_node.Name}" });
        builder.Services
            .Configure<HostOptions>(options => options.ShutdownTimeout = DrainTimes.Shutdown(_drainTimeout))
            .AddSingleton(_loggers)
            .AddSingleton<IHostLifetime>(_ending)
            .AddSingleton(TimeProvider.System)
            .AddSingleton(_settings)
            .AddSingleton(_drain)
            .AddSingleton(_amqp)
            .AddAkka("diabetes", (akka, services) =>
            {
                akka.AddHocon(AkkaSetup.Of(_settings, TimeProvider.System), HoconAddMode.Prepend)
                    .WithHostActors(_ending, _loggers.CreateLogger(ConsoleLog.Actors), _logger)
                    .WithNode(services, _node.Name, AddDrain);
                _node.Add(akka, services);
            });
        return builder.Build();
    }

    private void AddDrain(NodeContext context)
    {
        // The first phase starts the timer, not DrainAsync: a start that fails half way and an actor system that ends by itself drain
        // before that is called.
        context.OnDrain(CoordinatedShutdown.PhaseBeforeServiceUnbind, "start the timer of drain-timeout", () =>
        {
            _giveUp.CancelAfter(_drainTimeout);
            return Task.CompletedTask;
        });
        context.OnDrain(
            CoordinatedShutdown.PhaseBeforeActorSystemTerminate,
            "close the broker's connections",
            () => context.Amqp.DisposeAsync().AsTask());
    }

    private async Task StartAsync(IHost host)
    {
        // An actor system that ends by itself stops the host. Without this the process would go on and do nothing.
        host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(
            () => _ending.Raise(new Ending("the end of its actor system", ExitCode.Failed)));
        try
        {
            // The recipe opens the files that the node needs before an actor starts, so that a SettingsException leaves nothing to drain.
            host.Services.GetRequiredService<AkkaConfigurationBuilder>();
            AkkaSetup.Create(host.Services);
            await host.StartAsync();
        }
        catch (Exception failure) when (failure is not SettingsException)
        {
            Log.NodeFailed(_logger, "The node cannot start.", failure.GetBaseException().Message, failure);
            _ending.Raise(new Ending("a failure", ExitCode.Failed));
        }
    }

    private async Task DrainAsync(IHost host)
    {
        var stop = host.StopAsync(CancellationToken.None);
        await stop.WaitAsync(DrainTimes.Shutdown(_drainTimeout)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!stop.IsCompletedSuccessfully)
        {
            _drain.AddLeft("the actor system did not end");
        }
    }

    private ExitCode Report(Ending end)
    {
        foreach (var line in _drain.Summaries)
        {
            Log.Summary(_logger, line);
        }

        foreach (var left in _drain.Left)
        {
            Log.LeftBehind(_logger, left);
        }

        if (_drain.Left.Count == 0)
        {
            return end.ExitCode;
        }

        Log.WhereTheRestIs(_logger);
        return end.ExitCode == ExitCode.Clean ? ExitCode.DrainTimeout : end.ExitCode;
    }
}
