using Diabetes.Streams;
using Microsoft.Extensions.Logging;

namespace Diabetes.Hosting;

/// <summary>What a node is given to build itself from. Nothing here is the node's own: the host opens it and closes it.</summary>
public sealed class NodeContext
{
    /// <summary>Past the drain's deadline, what closes files and sockets gets this long.</summary>
    internal static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(500);

    private readonly DrainLog _drain;

    internal NodeContext(
        string node, ActorSystem system, IBroker broker, Settings settings, TimeProvider time, ILoggerFactory loggers, DrainLog drain, CancellationToken giveUp)
    {
        (Node, System, Broker, Settings, Time, Loggers, _drain, GiveUp) = (node, system, broker, settings, time, loggers, drain, giveUp);
        Logger = loggers.CreateLogger(node);
    }

    /// <summary>What a node returns from its start that serves until it is told to stop.</summary>
    public static Task Forever { get; } = new TaskCompletionSource().Task;

    /// <summary>The node's name: of its log, and in front of its actors' names.</summary>
    public string Node { get; }

    public ActorSystem System { get; }

    public IBroker Broker { get; }

    public Settings Settings { get; }

    public TimeProvider Time { get; }

    public ILoggerFactory Loggers { get; }

    /// <summary>The node's own log.</summary>
    public ILogger Logger { get; }

    /// <summary>Cancelled when the time to drain is over and whatever still waits must let go.</summary>
    public CancellationToken GiveUp { get; }

    /// <summary>The same process for another node in it.</summary>
    public NodeContext For(INode node) => new(node.Name, System, Broker, Settings, Time, Loggers, _drain, GiveUp);

    /// <summary>A file in the folder for what a run leaves.</summary>
    public string LogFile(string name) => Settings.LogFile(name);

    /// <summary>
    /// Registers a task for the end of the node. Tasks of one phase run side by side, phases one after the other. One that fails or does not
    /// end in time does not keep the others from ending; the host says so and exits with an error.
    /// </summary>
    public void OnDrain(DrainPhase phase, string task, Func<Task> end) =>
        CoordinatedShutdown.Get(System).AddTask(phase.ToAkkaPhase(), $"{Node}: {task}", async () =>
        {
            try
            {
                await (GiveUp.IsCancellationRequested ? end().WaitAsync(Grace, Time) : end().WaitAsync(GiveUp));
            }
            catch (Exception late) when (late is TimeoutException or OperationCanceledException)
            {
                _drain.AddLeft($"{Node}: {task}: not done in time");
            }
            catch (Exception failure)
            {
                // Whatever it was, the phases behind this one must still run; the host reports it and exits with an error.
                _drain.AddLeft($"{Node}: {task}: {failure.Message}");
            }

            return Done.Instance;
        });

    /// <summary>Registers a line for the end of the log: what this node did.</summary>
    public void OnSummary(Func<string> line) => _drain.AddSummary(line);
}
