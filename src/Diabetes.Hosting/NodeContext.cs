using Akka.Hosting;
using Akka.Streams.Dsl;
using Diabetes.Amqp;
using Diabetes.Amqp.Dsl;
using Diabetes.Hosting.Actors;
using Diabetes.Hosting.Configuration;
using Diabetes.Hosting.Quarantine;
using Diabetes.Hosting.Shutdown;
using Diabetes.Ledger.Quarantine;
using Microsoft.Extensions.Logging;

namespace Diabetes.Hosting;

/// <summary>Gives a node everything that it needs to build its actors. The host opens all of it and closes it.</summary>
public sealed class NodeContext
{
    /// <summary>Largest quarantine file in bytes; a full one is renamed and kept until the next is full.</summary>
    private const long QuarantineLimit = 64 << 20;

    private readonly DrainLog _drain;

    internal NodeContext(
        string node, ActorSystem system, AmqpConnection amqp, Settings settings, TimeProvider time, ILoggerFactory loggers, DrainLog drain)
    {
        (Node, System, Amqp, Settings, Time, _drain) = (node, system, amqp, settings, time, drain);
        Logger = loggers.CreateLogger(node);
    }

    /// <summary>The node's name: the category of its log and the prefix of its actors' names.</summary>
    public string Node { get; }

    /// <summary>The actor system of the process.</summary>
    public ActorSystem System { get; }

    /// <summary>Finds the process's actors by their types.</summary>
    public IActorRegistry Registry => ActorRegistry.For(System);

    /// <summary>Refers to another actor of this process; the registry is asked when the reference is first used.</summary>
    /// <typeparam name="T">The type that the actor is registered as.</typeparam>
    public IRequiredActor<T> Required<T>() => new RequiredActor<T>(Registry);

    /// <summary>The connection to the broker, shared by the nodes of the process.</summary>
    public AmqpConnection Amqp { get; }

    /// <summary>The checked configuration of the process.</summary>
    public Settings Settings { get; }

    /// <summary>The clock of the process.</summary>
    public TimeProvider Time { get; }

    /// <summary>The node's own log.</summary>
    public ILogger Logger { get; }

    /// <summary>Cancelled when <c>drain-timeout</c> is over: tasks that still wait must return.</summary>
    public CancellationToken GiveUp => _drain.GiveUp;

    /// <summary>Names a file in the folder for what a run leaves.</summary>
    public string LogFile(string name) => Settings.LogFile(name);

    /// <summary>
    /// Registers a task for the end of the node. Tasks of one phase run at the same time, phases one after the other. A task that fails or
    /// does not end within <c>drain-timeout</c> does not stop the others; the host logs it and exits with an error.
    /// </summary>
    /// <param name="phase">A phase of <see cref="CoordinatedShutdown"/>; docs/architecture.md lists what each is for.</param>
    /// <param name="task">Names the task in the log, as a verb and its object.</param>
    /// <param name="end">Runs the task.</param>
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
                // Any exception: the later phases must still run. The host logs it and exits with an error.
                _drain.AddLeft($"{Node}: {task}: {failure.Message}");
            }

            return Done.Instance;
        });

    /// <summary>Makes the quarantine of a queue.</summary>
    public QueueQuarantine Quarantine(string queue) => new(
        queue,
        new QuarantineFile(LogFile(QuarantineFile.Name), QuarantineLimit),
        Amqp,
        Settings.Get(NodeSettings.SetAsideLimit),
        Time,
        Logger);

    /// <summary>Runs a consuming pipeline and registers its drain: stop consuming, settle what was taken, close the channel.</summary>
    /// <param name="queue">The queue that it consumes.</param>
    /// <param name="pipeline">The blueprint.</param>
    /// <returns>The actor that owns it, which understands <see cref="PipelineProtocol"/>.</returns>
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

    /// <summary>
    /// Ends the process when <paramref name="work"/> completes, with an error if it fails. A node that runs until a signal does not call
    /// it.
    /// </summary>
    public void EndWhen(Task work) => work.ContinueWith(
        task => System.EventStream.Publish(
            task.IsFaulted ? new NodeFailed("The node stopped working.", task.Exception.GetBaseException()) : NodeDone.Instance),
        TaskScheduler.Default);

    /// <summary>Registers a line that says what this node did, for the end of the log.</summary>
    public void OnSummary(Func<string> line) => _drain.AddSummary(line);
}
