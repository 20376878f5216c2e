namespace Diabetes.Actors.Tests;

/// <summary>What most tests of the kernel do: hire actors under a strategy, listen to the event stream, say what a probe hears in which order.</summary>
public abstract class KernelTest : TestKit
{
    protected static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    protected IActorRef NewBoss(SupervisorStrategy? strategy = null, string? name = null) =>
        Sys.ActorOf(Props.Create(() => new Boss(strategy)), name);

    protected IActorRef Hire(IActorRef boss, Props props, string? name = null)
    {
        var desk = CreateTestProbe();
        boss.Tell(new Hire(props, name), desk.Ref);
        return desk.ExpectMsg<IActorRef>();
    }

    /// <summary>A probe that gets what is published of this type.</summary>
    protected TestProbe Listen<T>()
    {
        var probe = CreateTestProbe();
        Sys.EventStream.Subscribe(probe.Ref, typeof(T));
        return probe;
    }

    /// <summary>The test actor hears these, in this order and nothing between them.</summary>
    protected void ExpectInOrder(params object[] messages)
    {
        foreach (var message in messages)
        {
            ExpectMsg(message);
        }
    }
}
