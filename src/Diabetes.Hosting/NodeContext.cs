using Akka.Hosting;
using Akka.Streams.Dsl;
using Diabetes.Amqp.Dsl;
using Diabetes.Amqp;
using Diabetes.Hosting.Actors;
using Diabetes.Hosting.Configuration;
using Diabetes.Hosting.Quarantine;
using Diabetes.Hosting.Shutdown;
using Diabetes.Ledger.Quarantine;
using Microsoft.Extensions.Logging;

namespace Diabetes.Hosting;

/// <summary>What a node is given to build itself from. Nothing here is the node's own: the host opens it and closes it.</summary>
public sealed class NodeContext
{
    /// <summary>Largest quarantine file in bytes; the one before it is kept beside it.</summary>
    private const long QuarantineLimit = 64 << 20;

    private readonly DrainLog _drain;

    internal NodeContext(
        string node, ActorSystem system, AmqpConnection amqp, Settings settings, TimeProvider time, ILoggerFactory loggers, DrainLog drain)
    {
        (Node, System, Amqp, Settings, Time, _drain) = (node, system, amqp, settings, time, drain);
        Logger = loggers.CreateLogger(node);
    }

    /// <summary>The node's name: of its log, and in front of its actors' names.</summary>
    public string Node { get; }

    public ActorSystem System { get; }

    /// <summary>The process's actors, by their types.</summary>
    public IActorRegistry Registry => ActorRegistry.For(System);

    /// <summary>An actor of this process, for another one that depends on it; looked up when it is first told something.</summary>
    /// <typeparam name="T">What it is registered as.</typeparam>
    public IRequiredActor<T> Required<T>() => new RequiredActor<T>(Registry);

    /// <summary>The broker, shared by the nodes of the process.</summary>
    public AmqpConnection Amqp { get; }

    public Settings Settings { get; }

    public TimeProvider Time { get; }

    /// <summary>The node's own log.</summary>
    public ILogger Logger { get; }

    /// <summary>Cancelled when the time to drain is over and whatever still waits must let go.</summary>
    public CancellationToken GiveUp => _drain.GiveUp;

    /// <summary>A file in the folder for what a run leaves.</summary>
    public string LogFile(string name) => Settings.LogFile(name);

    /// <summary>
    /// Registers a task for the end of the node. Tasks of one phase run side by side, phases one after the other. One that fails or does not
    /// end in time does not keep the others from ending; the host says so and exits with an error.
    /// </summary>
    /// <param name="phase">A phase of <see cref="CoordinatedShutdown"/>; docs/architecture.md says what each is for.</param>
    /// <param name="task">What is done, for the log.</param>
    /// <param name="end">Does it.</param>
    public void OnDrain(string phase, string task, Func<Task> end) =>
        CoordinatedShutdown.Get(System).AddTask(phase, $"{Node}: {task}", async () =>
        {
            try
            {
                await (GiveUp.IsCancellationRequested ? end().WaitAsync(DrainTimes.Closing, Time) : end().WaitAsync(GiveUp));
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

    /// <summary>The quarantine of a queue.</summary>
    public QueueQuarantine Quarantine(string queue) => new(
        queue, new QuarantineFile(LogFile("quarantine.ndjson"), QuarantineLimit), Amqp, Settings.Get(NodeSettings.SetAsideLimit), Time, Logger);

    /// <summary>Runs a consuming pipeline: stops taking deliveries when the node stops consuming, and closes when everything is settled.</summary>
    /// <param name="queue">The queue that it consumes.</param>
    /// <param name="pipeline">The blueprint.</param>
    /// <returns>Its owner; see <see cref="PipelineProtocol"/>.</returns>
    public IActorRef Run(string queue, IRunnableGraph<DrainingControl<Done>> pipeline)
    {
        var owner = System.ActorOf(Props.Create(() => new PipelineActor(queue, pipeline)), $"{Node}-{Uri.EscapeDataString(queue)}");
        OnDrain(CoordinatedShutdown.PhaseServiceUnbind, $"stop consuming {queue}", () =>
            owner.Ask<PipelineProtocol.Stopped>(PipelineProtocol.Stop.Instance, Timeout.InfiniteTimeSpan));
        OnDrain(CoordinatedShutdown.PhaseServiceRequestsDone, $"settle what was taken from {queue}", () =>
            owner.Ask<PipelineProtocol.Drained>(PipelineProtocol.Drain.Instance, Timeout.InfiniteTimeSpan));
        OnDrain(CoordinatedShutdown.PhaseBeforeClusterShutdown, $"close the channel of {queue}", async () =>
        {
            var closed = await owner.Ask<PipelineProtocol.Closed>(PipelineProtocol.Close.Instance, Timeout.InfiniteTimeSpan);
            if (closed.Unsettled > 0)
            {
                throw new InvalidOperationException($"{closed.Unsettled} messages went back to the queue unsettled");
            }
        });
        return owner;
    }

    /// <summary>Ends the process when a work is done, with an error where it fails. A node that serves for ever does without.</summary>
    public void EndWhen(Task work) => work.ContinueWith(
        task => System.EventStream.Publish(task.IsFaulted ? new NodeFailed("The node stopped working.", task.Exception.GetBaseException()) : NodeDone.Instance),
        TaskScheduler.Default);

    /// <summary>Registers a line for the end of the log: what this node did.</summary>
    public void OnSummary(Func<string> line) => _drain.AddSummary(line);
}
