using Diabetes.Testing.Actors;
using Diabetes.Testing.Time;

namespace Diabetes.Nodes.Tests.Hosting.ReliedOn;

/// <summary>What the nodes rely on in the scheduler that they give to Akka.NET, whose own is no finer than 10 ms.</summary>
public sealed class SchedulerTests : VirtualTimeTestKit
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(2);

    [Fact]
    public void Once_TwoMilliseconds_AreTwoOfItsClock()
    {
        Sys.Scheduler.ScheduleTellOnce(Soon, TestActor, "now", ActorRefs.NoSender);
        ExpectNoMsg(Soon - Tick);
        Advance(Tick);
        Assert.True(HasMessages);
        ExpectMsg("now");
        ExpectNoMsg(TimeSpan.FromHours(1));
    }

    [Fact]
    public void Once_Cancelled_DoesNotFire()
    {
        var cancelable = Sys.Scheduler.ScheduleTellOnceCancelable(Soon, TestActor, "now", ActorRefs.NoSender);
        Advance(Soon - Tick);
        cancelable.Cancel();
        ExpectNoMsg(TimeSpan.FromHours(1));
        Assert.Equal(0, Time.ArmedTimers);
    }

    [Fact]
    public void Repeatedly_ManyIntervals_FiresAtEachUntilItIsCancelled()
    {
        var at = new List<TimeSpan>();
        using var cancelable = new Cancelable(Sys.Scheduler);
        Sys.Scheduler.Advanced.ScheduleRepeatedly(TimeSpan.Zero, Soon, () => at.Add(Time.Elapsed), cancelable);
        Advance(5 * Soon);
        Assert.Equal(Enumerable.Range(0, 6).Select(times => times * Soon), at);

        cancelable.Cancel();
        Advance(5 * Soon);
        Assert.Equal(6, at.Count);
    }

    [Fact]
    public async Task Systems_ClocksOfTheirOwn_DoNotMix()
    {
        var otherTime = new VirtualTime();
        var other = ActorSystem.Create("other", ConfigOn(otherTime));
        other.Scheduler.ScheduleTellOnce(Soon, TestActor, "other", ActorRefs.NoSender);
        Sys.Scheduler.ScheduleTellOnce(Soon, TestActor, "this", ActorRefs.NoSender);

        otherTime.Advance(Soon);
        ExpectMsg("other");
        ExpectNoMsg();

        Advance(Soon);
        ExpectMsg("this");
        await other.Terminate().WaitAsync(SafetyNet);
    }
}
