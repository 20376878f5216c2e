using Diabetes.Actors;
using Xunit.Abstractions;

namespace Diabetes.Testing;

/// <summary>
/// Base of an actor test: an actor system on virtual time, a test actor, expectations. Shaped as Akka.TestKit.Xunit2's class of this name, so that a test
/// compiles against either.
/// </summary>
public class TestKit : TestKitBase, IDisposable
{
    private bool _disposed;

    /// <summary>A system of its own, on virtual time. What it logs goes to <paramref name="output"/>; without one, nowhere.</summary>
    public TestKit(ITestOutputHelper? output = null)
        : this(new VirtualTime(), output)
    {
    }

    /// <summary>A system that the test made; it is shut down with the test. On virtual time where it was made with <see cref="SetupOn"/> this <paramref name="time"/>.</summary>
    public TestKit(ActorSystem system, VirtualTime? time = null)
        : base(system, time)
    {
    }

    private TestKit(VirtualTime time, ITestOutputHelper? output)
        : this(ActorSystem.Create("test", SetupOn(time)), time)
    {
        var log = output is null ? Sys.IgnoreRef : Sys.ActorOf(Props.Create(() => new OutputLogger(output)), "log");
        Sys.EventStream.Subscribe(log, typeof(LogEvent));
    }

    /// <summary>
    /// Settings of a system that a test makes itself, or has made by what it tests: on virtual time, and so that the kit can tell when it is at rest.
    /// </summary>
    public static BootstrapSetup SetupOn(VirtualTime time) => BootstrapSetup.Create().WithTimeProvider(time).WithDispatcher(new Activity());

    /// <summary>
    /// Settings of a system without threads, for a test that draws from a seed what happens next: whatever an actor is to do is handed to <paramref name="schedule"/>
    /// as a step, which the test runs once, when it likes, one at a time.
    /// </summary>
    /// <remarks>What awaits a task outside of actors runs where the task is completed, unless it goes by Task.Run or Task.WhenAll, which the thread pool takes.</remarks>
    public static BootstrapSetup SetupOn(TimeProvider time, Action<Action> schedule) =>
        BootstrapSetup.Create().WithTimeProvider(time).WithDispatcher(new StepDispatcher(schedule));

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Stops the system and waits for its end. A system that does not stop fails the test.</summary>
    public virtual void Shutdown()
    {
        if (!Sys.Terminate().Wait(SafetyNet))
        {
            throw new TimeoutException(
                $"The actor system '{Sys.Name}' did not stop in {SafetyNet.TotalSeconds} s. An actor blocks, or a task of its shutdown waits for virtual time.");
        }
    }

    /// <summary>Runs after each test, before its system stops.</summary>
    protected virtual void AfterAll()
    {
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing && !_disposed)
        {
            _disposed = true;
            AfterAll();
            Shutdown();
        }
    }
}
