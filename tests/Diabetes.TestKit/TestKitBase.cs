using System.Linq.Expressions;
using Diabetes.Actors;
using Xunit;

namespace Diabetes.Testing;

/// <summary>
/// What a test and a probe share: a test actor that notes what it gets, and the expectations about it. Names and signatures are Akka.TestKit's.
/// <para>
/// Time is virtual. An expectation that ends with a message waits with the clock standing still; the durations it takes are of real time and only
/// a safety net. An expectation that ends with silence (ExpectNoMsg, ReceiveOne, ReceiveWhile) waits until the actor system is at rest, and where it is given
/// a duration lets that much virtual time pass, timer by timer. So silence is proved, not slept for.
/// </para>
/// </summary>
public abstract partial class TestKitBase
{
    private static int _numbers;

    private readonly MessageQueue _queue = new();
    private MessageEnvelope? _last;

    protected TestKitBase(ActorSystem system, VirtualTime? time, string? testActorName = null)
    {
        Sys = system;
        Time = time;
        var queue = _queue;
        TestActor = system.ActorOf(
            Props.Create(() => new InternalTestActor(queue)),
            testActorName ?? $"testActor{Interlocked.Increment(ref _numbers)}");
    }

    public ActorSystem Sys { get; }

    /// <summary>The system's clock; null where the test brought a system of its own that runs on the wall clock.</summary>
    public VirtualTime? Time { get; }

    /// <summary>Sent to by the actors under test. A test says so itself: <c>actor.Tell(message, TestActor)</c>.</summary>
    public IActorRef TestActor { get; }

    /// <summary>Real time after which a wait for something that must come is given up. Generous: it is the length of a failing test, never of a passing one.</summary>
    public TimeSpan SafetyNet { get; set; } = TimeSpan.FromSeconds(120);

    /// <summary>Expectations about what is logged and what becomes a dead letter.</summary>
    public EventFilterFactory EventFilter => new(this);

    /// <summary>True where the test actor got something that no expectation has taken yet.</summary>
    public bool HasMessages => !_queue.IsEmpty;

    /// <summary>The message that the last expectation took.</summary>
    public object LastMessage => Last.Message;

    /// <summary>Who sent <see cref="LastMessage"/>.</summary>
    public IActorRef LastSender => Last.Sender;

    private MessageEnvelope Last => _last ?? throw new InvalidOperationException("No message was expected and taken yet, so there is no last one.");

    public virtual TestProbe CreateTestProbe(string? name = null) => new(Sys, Time, name) { SafetyNet = SafetyNet };

    /// <summary>The test actor watches <paramref name="actorToWatch"/>; done when this returns.</summary>
    public IActorRef Watch(IActorRef actorToWatch) => Do(new WatchCommand(actorToWatch));

    /// <summary>The test actor no longer watches <paramref name="actorToUnwatch"/>; done when this returns.</summary>
    public IActorRef Unwatch(IActorRef actorToUnwatch) => Do(new UnwatchCommand(actorToUnwatch));

    /// <summary>A child of the test actor. Comes once the child is there; what ActorOf throws comes out here.</summary>
    public IActorRef ChildActorOf(Props props, string? name = null) => Do(new SpawnCommand(props, name));

    /// <summary>From now on the test actor does not note messages for which <paramref name="shouldIgnoreMessage"/> is true.</summary>
    public void IgnoreMessages(Func<object, bool> shouldIgnoreMessage) => _queue.Ignore(shouldIgnoreMessage);

    public void IgnoreMessages<TMsg>() => _queue.Ignore(static message => message is TMsg);

    public void IgnoreNoMessages() => _queue.Ignore(null);

    public IActorRef ActorOf(Props props) => Sys.ActorOf(props);

    public IActorRef ActorOf(Props props, string name) => Sys.ActorOf(props, name);

    public IActorRef ActorOf<TActor>(string? name = null)
        where TActor : ActorBase, new() => Sys.ActorOf(Props.Create<TActor>(), name);

    public IActorRef ActorOf<TActor>(Expression<Func<TActor>> factory, string? name = null)
        where TActor : ActorBase => Sys.ActorOf(Props.Create(factory), name);

    private static void Fail(string what, string? hint) => Assert.Fail(hint is null ? what : $"{what} Hint: {hint}");

    private IActorRef Do(TestActorCommand command)
    {
        TestActor.Tell(command, ActorRefs.NoSender);
        return command.Done.Task.WaitAsync(SafetyNet).GetAwaiter().GetResult();
    }
}
