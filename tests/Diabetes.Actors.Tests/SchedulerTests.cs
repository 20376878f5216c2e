namespace Diabetes.Actors.Tests;

/// <summary>The scheduler tells and calls when the system's clock says so, and not after it was cancelled.</summary>
public sealed class SchedulerTests : KernelTest
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    private IScheduler Scheduler => Sys.Scheduler;

    [Fact]
    public void ScheduleTellOnce_Due_ExpectOneMessageFromTheGivenSender()
    {
        var sender = CreateTestProbe();
        Scheduler.ScheduleTellOnce(Second, TestActor, "tick", sender.Ref);
        ExpectNoMsg(Second - Tick);
        Advance(Tick);
        ExpectMsgFrom(sender.Ref, "tick");
        ExpectNoMsg(10 * Second);
    }

    [Fact]
    public void ScheduleTellOnce_NoDelay_ExpectTheMessageWithoutTheClock()
    {
        Scheduler.ScheduleTellOnce(TimeSpan.Zero, TestActor, "now", ActorRefs.NoSender);
        ExpectMsg("now");
        Assert.Equal(TimeSpan.Zero, Time!.Elapsed);
    }

    [Fact]
    public void ScheduleTellOnce_Cancelled_ExpectNothing()
    {
        var cancelable = new Cancelable(Scheduler);
        Scheduler.ScheduleTellOnce(Second, TestActor, "tick", ActorRefs.NoSender, cancelable);
        cancelable.Cancel();
        Assert.True(cancelable.IsCancellationRequested);
        ExpectNoMsg(10 * Second);
    }

    [Fact]
    public void ScheduleTellOnce_CancelledBeforehand_ExpectNothing()
    {
        var cancelable = new Cancelable(Scheduler);
        cancelable.Cancel();
        Scheduler.ScheduleTellOnce(Second, TestActor, "tick", ActorRefs.NoSender, cancelable);
        ExpectNoMsg(10 * Second);
    }

    [Fact]
    public void ScheduleTellOnceCancelable_Cancelled_ExpectNothing()
    {
        var cancelable = Scheduler.ScheduleTellOnceCancelable(Second, TestActor, "tick", ActorRefs.NoSender);
        cancelable.Cancel();
        ExpectNoMsg(10 * Second);
    }

    [Fact]
    public void ScheduleTellRepeatedly_InitialDelayAndInterval_ExpectOneMessageEach()
    {
        Scheduler.ScheduleTellRepeatedly(5 * Second, Second, TestActor, "tick", ActorRefs.NoSender);
        ExpectNoMsg((5 * Second) - Tick);
        Advance(Tick);
        ExpectMsg("tick");
        for (var i = 0; i < 3; i++)
        {
            ExpectNoMsg(Second - Tick);
            Advance(Tick);
            ExpectMsg("tick");
        }
    }

    [Fact]
    public void ScheduleTellRepeatedlyCancelable_Cancelled_ExpectTheEnd()
    {
        var cancelable = Scheduler.ScheduleTellRepeatedlyCancelable(Second, Second, TestActor, "tick", ActorRefs.NoSender);
        Advance(2 * Second);
        ExpectInOrder("tick", "tick");
        cancelable.Cancel();
        ExpectNoMsg(10 * Second);
        Assert.Equal(0, Time!.ArmedTimers);
    }

    [Fact]
    public void Cancelable_CancelAfter_ExpectTheEndThen()
    {
        var cancelable = new Cancelable(Scheduler);
        Scheduler.ScheduleTellRepeatedly(Second, Second, TestActor, "tick", ActorRefs.NoSender, cancelable);
        cancelable.CancelAfter(2.5 * Second);
        Advance(10 * Second);
        ExpectInOrder("tick", "tick");
        ExpectNoMsg();
    }

    [Fact]
    public void ScheduleOnce_AnAction_ExpectOneCall()
    {
        var calls = 0;
        Scheduler.Advanced.ScheduleOnce(Second, () => calls++);
        Advance(Second - Tick);
        Assert.Equal(0, calls);
        Advance(10 * Second);
        Assert.Equal(1, calls);
    }

    [Fact]
    public void ScheduleRepeatedly_AnActionThatThrows_ExpectTheOtherSchedulesGoOn()
    {
        Scheduler.Advanced.ScheduleOnce(Second, () => throw new BoomException("scheduled"));
        Scheduler.ScheduleTellOnce(2 * Second, TestActor, "tick", ActorRefs.NoSender);
        Advance(2 * Second);
        ExpectMsg("tick");
    }

    [Fact]
    public void Schedule_SeveralAtOneInstant_ExpectTheOrderOfScheduling()
    {
        for (var i = 0; i < 100; i++)
        {
            Scheduler.ScheduleTellOnce(Second, TestActor, i, ActorRefs.NoSender);
        }

        Advance(Second);
        Assert.Equal(Enumerable.Range(0, 100), ReceiveN(100).Cast<int>());
    }

    [Fact]
    public void Schedule_NegativeDelayOrNoInterval_ExpectRefusal()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Scheduler.ScheduleTellOnce(-Second, TestActor, "tick", ActorRefs.NoSender));
        Assert.Throws<ArgumentOutOfRangeException>(() => Scheduler.ScheduleTellRepeatedly(-Second, Second, TestActor, "tick", ActorRefs.NoSender));
        Assert.Throws<ArgumentOutOfRangeException>(() => Scheduler.ScheduleTellRepeatedly(Second, TimeSpan.Zero, TestActor, "tick", ActorRefs.NoSender));
        Assert.Throws<ArgumentOutOfRangeException>(() => Scheduler.ScheduleTellRepeatedly(Second, -Second, TestActor, "tick", ActorRefs.NoSender));
    }

    [Fact]
    public void Now_AfterTimePassed_ExpectTheSystemsClock()
    {
        Advance(Second);
        Assert.Equal(Time!.GetUtcNow(), Scheduler.Now);
    }

    [Fact]
    public async Task Terminate_PendingSchedules_ExpectTheyNeverComeAndNoTimerIsLeft()
    {
        var calls = 0;
        Scheduler.Advanced.ScheduleOnce(Second, () => calls++);
        Scheduler.ScheduleTellRepeatedly(Second, Second, TestActor, "tick", ActorRefs.NoSender);
        await Sys.Terminate().WaitAsync(SafetyNet);
        Time!.Advance(10 * Second);
        Assert.Equal(0, calls);
        Assert.Equal(0, Time.ArmedTimers);
    }
}
