using Akka.Configuration;
using Akka.TestKit;
using Diabetes.Hosting.Actors;
using Diabetes.Testing.Time;
using Xunit;

namespace Diabetes.Testing.Actors;

/// <summary>
/// Runs Akka's TestKit on an actor system with virtual time.
/// <para>
/// An expectation that ends with a message waits while the clock stands still; its timeout is real time and only a safety net.
/// An expectation that ends with silence (<see cref="ExpectNoMsg()"/>) waits until the system is at rest, and lets virtual time pass
/// if it is given a duration. So silence is proved, not slept for.
/// </para>
/// <para>A test names the sender itself: <c>actor.Tell(message, TestActor)</c>.</para>
/// </summary>
public abstract class VirtualTimeTestKit : Akka.TestKit.Xunit2.TestKit, INoImplicitSender
{
    protected VirtualTimeTestKit()
        : this(new VirtualTime())
    {
    }

    private VirtualTimeTestKit(VirtualTime time)
        : base(ConfigOn(time)) => Time = time;

    /// <summary>The system's clock.</summary>
    public VirtualTime Time { get; }

    /// <summary>Limits, in real time, a wait for something that must come. Only a failing test takes that long.</summary>
    protected static TimeSpan SafetyNet { get; } = TimeSpan.FromSeconds(120);

    /// <summary>Configures a system that runs on <paramref name="time"/> and whose rest <see cref="AwaitRest"/> can see.</summary>
    public static Config ConfigOn(VirtualTime time)
    {
        var executor = $"{typeof(CountingExecutor.Configurator).FullName}, {typeof(CountingExecutor).Assembly.GetName().Name}";
        return ConfigurationFactory.ParseString(
            $$"""
            akka {
              stdout-loglevel = OFF
              loglevel = WARNING
              coordinated-shutdown.run-by-clr-shutdown-hook = off
              actor.default-dispatcher.executor = "{{executor}}"
              actor.internal-dispatcher.executor = "{{executor}}"
              actor.default-blocking-io-dispatcher.executor = "{{executor}}"
              test.single-expect-default = {{SafetyNet.TotalSeconds}}s
              test.default-timeout = {{SafetyNet.TotalSeconds}}s
            }
            # What blocks a thread in production runs on the pool here, and counts.
            diabetes {
              quarantine-dispatcher { type = Dispatcher, executor = "{{executor}}" }
              picture-dispatcher { type = Dispatcher, executor = "{{executor}}" }
            }
            """).WithFallback(TimeProviderScheduler.ConfigFor(time));
    }

    /// <summary>
    /// Returns when the actor system is at rest: no mailbox with work waits for its thread or runs, and no due timer waits for its thread.
    /// From then on, nothing happens unless the test, the clock or work outside the actor system (a Task.Run, an I/O) makes it happen.
    /// An actor that awaits such work in ReceiveAsync counts as at rest.
    /// </summary>
    public void AwaitRest()
    {
        var activity = Activity.Of(Sys);
        while (true)
        {
            var runs = activity.AwaitRest(SafetyNet);
            if (Time.HasUnfinishedCallbacks)
            {
                Thread.Yield();
            }
            else if (activity.IsAtRestSince(runs))
            {
                return;
            }
        }
    }

    /// <summary>Lets <paramref name="duration"/> of virtual time pass timer by timer; awaits rest before, between and after them.</summary>
    public void Advance(TimeSpan duration) => PassTime(duration, static () => false);

    /// <summary>Nothing came to the test actor, and as things are nothing will: the system is at rest. The clock does not move.</summary>
    public void ExpectNoMsg() => ExpectNoMsg(this, TimeSpan.Zero);

    /// <summary>Nothing comes to the test actor in <paramref name="duration"/> of virtual time, which passes timer by timer.</summary>
    public void ExpectNoMsg(TimeSpan duration) => ExpectNoMsg(this, duration);

    /// <summary>Nothing came to <paramref name="probe"/>, and as things are nothing will.</summary>
    public void ExpectNoMsg(TestProbe probe) => ExpectNoMsg(probe, TimeSpan.Zero);

    /// <summary>Nothing comes to <paramref name="receiver"/>, a probe, in <paramref name="duration"/> of virtual time.</summary>
    public void ExpectNoMsg(TestKitBase receiver, TimeSpan duration)
    {
        ArgumentNullException.ThrowIfNull(receiver);
        PassTime(duration, () => receiver.HasMessages);
        if (receiver.HasMessages)
        {
            Assert.Fail(
                $"Expected no message for {duration}, but {receiver.ReceiveOne(TimeSpan.Zero)} came from {receiver.LastSender}; "
                + $"the virtual clock stands at {Time.Elapsed}.");
        }
    }

    /// <summary>Advances likewise, but stops as soon as the system is at rest and <paramref name="enough"/> is true.</summary>
    private void PassTime(TimeSpan duration, Func<bool> enough)
    {
        var end = Time.Elapsed + duration;
        AwaitRest();
        while (!enough() && Time.Elapsed < end)
        {
            var left = end - Time.Elapsed;
            Time.Advance(Time.NextDueIn is { } due && due < left ? due : left);
            AwaitRest();
        }
    }
}
