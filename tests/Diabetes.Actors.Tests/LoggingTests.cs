namespace Diabetes.Actors.Tests;

/// <summary>What actors log is published, with where it comes from; levels that are off cost nothing.</summary>
public sealed class LoggingTests : KernelTest
{
    [Fact]
    public void Log_InAnActor_ExpectAnEventWithItsPathAndText()
    {
        var actor = Sys.ActorOf(Fun.Of((message, context) => context.GetLogger().Warning("heard {0}, {1}", message, 2)), "talker");
        EventFilter.Warning("heard hello, 2", source: "/user/talker").ExpectOne(() => actor.Tell("hello", TestActor));
    }

    [Fact]
    public void Log_BelowTheLevel_ExpectNoEventUntilTheLevelIsLowered()
    {
        var debug = Listen<Debug>();
        var actor = Sys.ActorOf(Fun.Of((message, context) => context.GetLogger().Debug("heard {0}", message)));
        actor.Tell("1", TestActor);
        debug.ExpectNoMsg();
        Sys.EventStream.SetLogLevel(LogLevel.DebugLevel);
        actor.Tell("2", TestActor);
        debug.ExpectMsg<Debug>(entry => entry.Message.ToString() == "heard 2");
    }

    [Fact]
    public void LogEvent_Timestamp_ExpectTheSystemsClock()
    {
        var warnings = Listen<Warning>();
        Advance(Second);
        Sys.Log.Warning("now");
        warnings.ExpectMsg<Warning>(entry => Assert.Equal((VirtualTime.DefaultStart + Second).UtcDateTime, entry.Timestamp));
    }

    [Fact]
    public void LogEvent_OfAFailure_ExpectTheSystemsClock()
    {
        var errors = Listen<Error>();
        Advance(Second);
        Sys.ActorOf(Worker.Props(CreateTestProbe().Ref)).Tell(new Fail(), TestActor);
        errors.ExpectMsg<Error>(entry => Assert.Equal((VirtualTime.DefaultStart + Second).UtcDateTime, entry.Timestamp));
    }

    [Fact]
    public void DeadLetter_ToAStoppedActor_ExpectALineThatNamesMessageSenderAndReceiver()
    {
        var actor = Sys.ActorOf(Fun.Of((_, _) => { }), "gone");
        Watch(actor);
        Sys.Stop(actor);
        ExpectTerminated(actor);
        EventFilter.Info(contains: "/user/gone").ExpectOne(() => actor.Tell("hello", TestActor));
    }
}
