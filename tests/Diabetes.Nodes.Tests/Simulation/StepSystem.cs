using Akka.Configuration;
using Akka.Streams;
using Akka.Streams.Dsl;
using Diabetes.Hosting.Actors;

namespace Diabetes.Nodes.Tests.Simulation;

/// <summary>
/// An actor system without threads, which the lives of a node have one after the other: what an actor is to do is a step of the life that
/// has it. To make a system takes milliseconds, as Akka parses its reference configuration each time; so each thread keeps one for many
/// lives.
/// </summary>
/// <remarks>
/// A life that is over leaves its actors behind: nobody runs them any more, and they go with the system when that has had enough lives.
/// </remarks>
internal sealed class StepSystem
{
    private const int MostLives = 100;

    [ThreadStatic]
    private static StepSystem? _ofThisThread;

    private readonly ActorSystem _system;
    private readonly LifeClock _clock = new();
    private Action<Action>? _schedule;
    private int _lives;

    private StepSystem()
    {
        var setup = BootstrapSetup.Create().WithConfig(Configured.WithFallback(TimeProviderScheduler.ConfigFor(_clock)));
        _system = ActorSystem.Create("node", setup.And(new StepSetup(run => _schedule!(run.Run))));
        WarmUp();
    }

    private static Akka.Configuration.Config Configured { get; } = ConfigurationFactory.ParseString(
        $$"""
        akka {
          loggers = []
          stdout-loglevel = OFF
          loglevel = WARNING
          log-dead-letters = off
          log-dead-letters-during-shutdown = off
          coordinated-shutdown {
            run-by-clr-shutdown-hook = off
            run-by-actor-system-terminate = off
          }
          actor {
            default-dispatcher { executor = "{{NameOf(typeof(StepExecutor.Configurator))}}", throughput = 1 }
            default-blocking-io-dispatcher { executor = "{{NameOf(typeof(StepExecutor.Configurator))}}", throughput = 1 }
            internal-dispatcher { executor = "{{NameOf(typeof(InlineExecutor.Configurator))}}", throughput = 100 }
          }
        }
        diabetes.quarantine-dispatcher { type = Dispatcher, executor = "{{NameOf(typeof(StepExecutor.Configurator))}}", throughput = 1 }
        """);

    /// <summary>
    /// Gives this thread's system to a life: its actors live below what this returns, on its clock, and hand their steps to
    /// <paramref name="schedule"/>.
    /// </summary>
    public static IActorContext Begin(TimeProvider time, Action<Action> schedule)
    {
        if (_ofThisThread is null || _ofThisThread._lives == MostLives)
        {
            _ofThisThread = new StepSystem();
        }

        return _ofThisThread.BeginLife(time, schedule);
    }

    /// <summary>Runs a stream, so that what Akka makes for the first one is there: the first life is then no other than the next.</summary>
    private void WarmUp()
    {
        var runs = new Queue<Action>();
        _schedule = runs.Enqueue;
        var root = _system.ActorOf(Props.Create(() => new WarmUpActor()), "warm-up");
        while (runs.TryDequeue(out var run))
        {
            run();
        }

        _system.Stop(root);
        while (runs.TryDequeue(out var run))
        {
            run();
        }
    }

    private static string NameOf(Type type) => $"{type.FullName}, {type.Assembly.GetName().Name}";

    private ActorCell BeginLife(TimeProvider time, Action<Action> schedule)
    {
        (_clock.Time, _schedule) = (time, schedule);
        var root = _system.ActorOf(Props.Create(() => new Root()).WithDispatcher("akka.actor.internal-dispatcher"), $"life-{++_lives}");

        // Its own context, which makes children at once: asked by a message it would do so all the same, as it runs inline.
        return (ActorCell)((ActorRefWithCell)root).Underlying;
    }

    private sealed class WarmUpActor : UntypedActor
    {
        protected override void PreStart() => Source.Single(0).RunWith(Sink.Ignore<int>(), Context.Materializer());

        protected override void OnReceive(object message) => Unhandled(message);
    }

    private sealed class Root : UntypedActor
    {
        protected override SupervisorStrategy SupervisorStrategy() => new CrashOnly().Create();

        protected override void OnReceive(object message) => Unhandled(message);
    }

    /// <summary>The clock of the life that has the system.</summary>
    private sealed class LifeClock : TimeProvider
    {
        public TimeProvider? Time { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => Time?.GetUtcNow() ?? DateTimeOffset.UnixEpoch;

        public override long GetTimestamp() => Time?.GetTimestamp() ?? 0;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            Time?.CreateTimer(callback, state, dueTime, period)
            ?? System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}
