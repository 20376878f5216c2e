namespace Diabetes.Actors;

/// <summary>
/// Ends a system in order: phase after phase, the tasks of a phase together. A task that fails, or outlasts its phase's time, is logged, and the next
/// phase begins all the same. The last phase stops the actors. Runs once.
/// </summary>
public sealed class CoordinatedShutdown : IExtension
{
    public const string PhaseBeforeServiceUnbind = "before-service-unbind";
    public const string PhaseServiceUnbind = "service-unbind";
    public const string PhaseServiceRequestsDone = "service-requests-done";
    public const string PhaseServiceStop = "service-stop";
    public const string PhaseBeforeClusterShutdown = "before-cluster-shutdown";
    public const string PhaseClusterShardingShutdownRegion = "cluster-sharding-shutdown-region";
    public const string PhaseClusterLeave = "cluster-leave";
    public const string PhaseClusterExiting = "cluster-exiting";
    public const string PhaseClusterExitingDone = "cluster-exiting-done";
    public const string PhaseClusterShutdown = "cluster-shutdown";
    public const string PhaseBeforeActorSystemTerminate = "before-actor-system-terminate";
    public const string PhaseActorSystemTerminate = "actor-system-terminate";

    private static readonly string[] Phases =
    [
        PhaseBeforeServiceUnbind, PhaseServiceUnbind, PhaseServiceRequestsDone, PhaseServiceStop, PhaseBeforeClusterShutdown,
        PhaseClusterShardingShutdownRegion, PhaseClusterLeave, PhaseClusterExiting, PhaseClusterExitingDone, PhaseClusterShutdown,
        PhaseBeforeActorSystemTerminate, PhaseActorSystemTerminate,
    ];

    private readonly Lock _gate = new();
    private readonly ActorSystemImpl _system;
    private readonly ILoggingAdapter _log;
    private readonly Dictionary<string, List<(string Name, Func<Task<Done>> Task)>> _tasks = Phases.ToDictionary(phase => phase, _ => new List<(string, Func<Task<Done>>)>());
    private Task<Done>? _run;

    internal CoordinatedShutdown(ActorSystemImpl system)
    {
        _system = system;
        _log = Logging.GetLogger(system, this);
        AddTask(PhaseActorSystemTerminate, "terminate-system", async () =>
        {
            await system.FinalTerminate().ConfigureAwait(false);
            return Done.Instance;
        });
    }

    /// <summary>Why the run was started; null before it is.</summary>
    public Reason? ShutdownReason { get; private set; }

    /// <summary>Most time that the phases that have tasks may take.</summary>
    public TimeSpan TotalTimeout
    {
        get
        {
            lock (_gate)
            {
                return TimeSpan.FromTicks(Phases.Where(phase => _tasks[phase].Count > 0).Sum(phase => Timeout(phase).Ticks));
            }
        }
    }

    /// <summary>The system's one.</summary>
    public static CoordinatedShutdown Get(ActorSystem sys) => CoordinatedShutdownExtension.Instance.Get(sys);

    /// <summary>Most time that a phase may take.</summary>
    /// <exception cref="ArgumentException">There is no such phase.</exception>
    public TimeSpan Timeout(string phase)
    {
        Checked(phase);
        return phase == PhaseActorSystemTerminate ? _system.Settings.PhaseTimeout * 2 : _system.Settings.PhaseTimeout;
    }

    /// <summary>Adds a task to a phase. One that is added after its phase has begun is not run.</summary>
    /// <param name="phase">One of the constants of this class.</param>
    /// <param name="taskName">For the log.</param>
    /// <param name="task">Starts the task.</param>
    /// <exception cref="ArgumentException">There is no such phase.</exception>
    public void AddTask(string phase, string taskName, Func<Task<Done>> task)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentException.ThrowIfNullOrEmpty(taskName);
        lock (_gate)
        {
            _tasks[Checked(phase)].Add((taskName, task));
        }
    }

    /// <summary>Runs all phases from <paramref name="fromPhase"/> on; the first call does, the others wait for it.</summary>
    public Task<Done> Run(Reason reason, string? fromPhase = null)
    {
        ArgumentNullException.ThrowIfNull(reason);
        var first = fromPhase is null ? 0 : Array.IndexOf(Phases, Checked(fromPhase));
        lock (_gate)
        {
            ShutdownReason ??= reason;

            // Off the caller's thread: it may be an actor's, which is to go on until it is stopped.
            return _run ??= Task.Run(() => RunFrom(first));
        }
    }

    private static string Checked(string phase) => Phases.Contains(phase)
        ? phase
        : throw new ArgumentException($"There is no shutdown phase '{phase}'; there are: {string.Join(", ", Phases)}.", nameof(phase));

    private async Task<Done> RunFrom(int first)
    {
        var time = _system.Time;
        var start = time.GetTimestamp();
        foreach (var phase in Phases.AsSpan(first).ToArray())
        {
            (string Name, Func<Task<Done>> Task)[] tasks;
            lock (_gate)
            {
                tasks = [.. _tasks[phase]];
            }

            var left = _system.Settings.ShutdownDeadline - time.GetElapsedTime(start);
            if (tasks.Length == 0)
            {
                continue;
            }

            if (left <= TimeSpan.Zero && phase != PhaseActorSystemTerminate)
            {
                _log.Warning("Shutdown phase [{0}] is left out, with its tasks [{1}]: the deadline of [{2}] is over.",
                    phase, string.Join(", ", tasks.Select(task => task.Name)), _system.Settings.ShutdownDeadline);
                continue;
            }

            var limit = Timeout(phase);
            await RunPhase(phase, tasks, phase != PhaseActorSystemTerminate && left < limit ? left : limit).ConfigureAwait(false);
        }

        return Done.Instance;
    }

    private async Task RunPhase(string phase, (string Name, Func<Task<Done>> Task)[] tasks, TimeSpan limit)
    {
        var running = tasks.Select(task => (task.Name, Task: RunTask(phase, task.Name, task.Task))).ToArray();
        try
        {
            await Task.WhenAll(running.Select(task => task.Task)).WaitAsync(limit, _system.Time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            _log.Warning("Shutdown phase [{0}] was not done after [{1}]; goes on without: [{2}].",
                phase, limit, string.Join(", ", running.Where(task => !task.Task.IsCompleted).Select(task => task.Name)));
        }
    }

    private async Task RunTask(string phase, string name, Func<Task<Done>> task)
    {
        // A task that blocks must not keep the others of its phase from starting, nor the phase from timing out.
        await Task.Yield();
        try
        {
            await task().ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            _log.Warning(failure, "Shutdown task [{0}] of phase [{1}] failed: {2}", name, phase, failure.Message);
        }
    }

    /// <summary>Why a system shuts down. Applications derive their own.</summary>
    public class Reason
    {
        protected Reason()
        {
        }

        /// <inheritdoc/>
        public override string ToString() => GetType().Name;
    }

    /// <summary>Nobody said.</summary>
    public sealed class UnknownReason : Reason
    {
        public static readonly Reason Instance = new UnknownReason();

        private UnknownReason()
        {
        }
    }

    /// <summary><see cref="ActorSystem.Terminate"/> was called.</summary>
    public sealed class ActorSystemTerminateReason : Reason
    {
        public static readonly Reason Instance = new ActorSystemTerminateReason();

        private ActorSystemTerminateReason()
        {
        }
    }

    /// <summary>The process was asked to end.</summary>
    public sealed class ClrExitReason : Reason
    {
        public static readonly Reason Instance = new ClrExitReason();

        private ClrExitReason()
        {
        }
    }
}
