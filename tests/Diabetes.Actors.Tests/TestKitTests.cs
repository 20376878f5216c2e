using Xunit.Sdk;

namespace Diabetes.Actors.Tests;

/// <summary>The expectations hold what they say: they fail where they should, and silence is proved.</summary>
public sealed class TestKitTests : KernelTest
{
    private static readonly TimeSpan Impatient = TimeSpan.FromMilliseconds(20);

    [Fact]
    public void ExpectMsg_NothingComes_ExpectFailure()
    {
        SafetyNet = Impatient;
        Assert.Throws<FailException>(() => ExpectMsg<string>());
        SafetyNet = TimeSpan.FromSeconds(120);
    }

    [Fact]
    public void ExpectMsg_OtherTypeOrValue_ExpectFailure()
    {
        TestActor.Tell(1, ActorRefs.NoSender);
        Assert.Throws<FailException>(() => ExpectMsg<string>());
        TestActor.Tell("a", ActorRefs.NoSender);
        Assert.Throws<EqualException>(() => ExpectMsg("b"));
        TestActor.Tell("a", ActorRefs.NoSender);
        Assert.Throws<FailException>(() => ExpectMsg<string>(text => text == "b"));
        TestActor.Tell("a", ActorRefs.NoSender);
        Assert.Throws<FailException>(() => ExpectMsg<string>((text, sender) => text == "b"));
    }

    [Fact]
    public void ExpectMsg_PredicateAndAssert_ExpectTheMessageAndItsSender()
    {
        TestActor.Tell("a", TestActor);
        Assert.Equal("a", ExpectMsg<string>(text => text.Length == 1));
        TestActor.Tell("b", TestActor);
        ExpectMsg<string>((text, sender) => Assert.Equal(TestActor, sender));
        Assert.Equal(TestActor, LastSender);
        Assert.Equal("b", LastMessage);
    }

    [Fact]
    public void ExpectNoMsg_AMessageIsUnderWay_ExpectFailureHoweverLongItsWay()
    {
        var last = Sys.ActorOf(Fun.Of((message, _) => TestActor.Tell(message)));
        var chain = Enumerable.Range(0, 200).Aggregate(last, (next, _) => Sys.ActorOf(Fun.Of((message, _) => next.Forward(message))));
        for (var round = 0; round < 20; round++)
        {
            chain.Tell("at last", TestActor);
            Assert.Throws<FailException>(() => ExpectNoMsg());
        }
    }

    [Fact]
    public void ExpectNoMsg_ForADuration_ExpectTheClockMovesAndMessagesOfThatTimeFail()
    {
        ExpectNoMsg(Second);
        Assert.Equal(Second, Time!.Elapsed);
        Sys.Scheduler.ScheduleTellOnce(Second, TestActor, "tick", ActorRefs.NoSender);
        ExpectNoMsg(Second - TimeSpan.FromTicks(1));
        Assert.Throws<FailException>(() => ExpectNoMsg(Second));
        Assert.Equal(2 * Second, Time.Elapsed);
    }

    [Fact]
    public void Advance_AnActorSetsTimersInAnswerToTimers_ExpectEachAtItsOwnInstant()
    {
        var time = Time!;
        var actor = Sys.ActorOf(Fun.Of((_, context) =>
        {
            TestActor.Tell(time.Elapsed);
            context.System.Scheduler.ScheduleTellOnce(Second, context.Self, "again", context.Self);
        }));
        actor.Tell("start", TestActor);
        Advance(5 * Second);
        Assert.Equal(Enumerable.Range(0, 6).Select(i => i * Second), ReceiveN(6).Cast<TimeSpan>());
        ExpectNoMsg();
    }

    [Fact]
    public void AwaitRest_ActorsAtWork_ExpectTheyAreDone()
    {
        var done = 0;
        var actor = Sys.ActorOf(Fun.Of((message, context) =>
        {
            if (message is int left and > 0)
            {
                context.Self.Tell(left - 1);
            }
            else
            {
                done++;
            }
        }));
        for (var i = 1; i <= 200; i++)
        {
            actor.Tell(100, ActorRefs.NoSender);
            AwaitRest();
            Assert.Equal(i, done);
        }
    }

    [Fact]
    public void ReceiveOne_NothingThere_ExpectNull()
    {
        Assert.Null(ReceiveOne());
        Assert.Null(ReceiveOne(Second));
        Assert.Equal(Second, Time!.Elapsed);
    }

    [Fact]
    public void ReceiveOne_AMessageInThatTime_ExpectItAndTheClockAtItsInstant()
    {
        Sys.Scheduler.ScheduleTellOnce(Second, TestActor, "tick", ActorRefs.NoSender);
        Assert.Equal("tick", ReceiveOne(5 * Second));
        Assert.Equal(Second, Time!.Elapsed);
    }

    [Fact]
    public void ReceiveN_TooFewCome_ExpectFailure()
    {
        TestActor.Tell(1, ActorRefs.NoSender);
        AwaitRest();
        SafetyNet = Impatient;
        Assert.Throws<FailException>(() => ReceiveN(2));
        SafetyNet = TimeSpan.FromSeconds(120);
    }

    [Fact]
    public void ReceiveWhile_UntilSilence_ExpectWhatTheFilterMade()
    {
        TestActor.Tell(1, ActorRefs.NoSender);
        TestActor.Tell(2, ActorRefs.NoSender);
        Assert.Equal(["1!", "2!"], ReceiveWhile(Second, message => $"{message}!"));
    }

    [Fact]
    public void FishForMessage_OthersBefore_ExpectTheRightOne()
    {
        TestActor.Tell("small fry", ActorRefs.NoSender);
        TestActor.Tell(1, ActorRefs.NoSender);
        TestActor.Tell(2, ActorRefs.NoSender);
        TestActor.Tell("rest", ActorRefs.NoSender);
        Assert.Equal(2, FishForMessage<int>(number => number == 2));
        ExpectMsg("rest");
    }

    [Fact]
    public void ExpectMsgAllOf_AnyOrder_ExpectAllAndFailureWhereOneIsWrong()
    {
        TestActor.Tell("b", ActorRefs.NoSender);
        TestActor.Tell("a", ActorRefs.NoSender);
        ExpectMsgAllOf("a", "b");
        TestActor.Tell("a", ActorRefs.NoSender);
        TestActor.Tell("c", ActorRefs.NoSender);
        Assert.Throws<TrueException>(() => ExpectMsgAllOf("a", "b"));
        TestActor.Tell("b", ActorRefs.NoSender);
        Assert.Equal("b", ExpectMsgAnyOf("a", "b"));
        TestActor.Tell("c", ActorRefs.NoSender);
        Assert.Throws<ContainsException>(() => ExpectMsgAnyOf("a", "b"));
    }

    [Fact]
    public void IgnoreMessages_SomeOfThem_ExpectTheOthers()
    {
        IgnoreMessages(message => message is int);
        TestActor.Tell(1, ActorRefs.NoSender);
        TestActor.Tell("a", ActorRefs.NoSender);
        ExpectMsg("a");
        IgnoreNoMessages();
        TestActor.Tell(2, ActorRefs.NoSender);
        ExpectMsg(2);
    }

    [Fact]
    public void TestProbe_SendReplyForward_ExpectTheSendersOfThoseWords()
    {
        var (a, b) = (CreateTestProbe(), CreateTestProbe("named"));
        Assert.Equal("named", b.Ref.Path.Name);
        a.Send(b.Ref, "question");
        b.ExpectMsgFrom(a.Ref, "question");
        b.Reply("answer");
        a.ExpectMsgFrom(b.Ref, "answer");
        b.Forward(TestActor);
        ExpectMsgFrom(a.Ref, "question");
        b.Forward(TestActor, "other");
        ExpectMsgFrom(a.Ref, "other");
    }

    [Fact]
    public void ChildActorOf_Props_ExpectTheTestActorAsItsParent()
    {
        var child = ChildActorOf(Fun.Of((_, context) => context.Parent.Tell("hello parent")), "child");
        Assert.Equal(TestActor.Path, child.Path.Parent);
        child.Tell("go", ActorRefs.NoSender);
        ExpectMsg("hello parent");
        Assert.Throws<InvalidActorNameException>(() => ChildActorOf(Fun.Of((_, _) => { }), "child"));
    }

    [Fact]
    public void AwaitAssertAndAwaitCondition_HoldLater_ExpectTheyWait()
    {
        var count = 0;
        AwaitAssert(() => Assert.Equal(3, ++count));
        AwaitCondition(() => ++count == 6);
        SafetyNet = Impatient;
        Assert.Throws<EqualException>(() => AwaitAssert(() => Assert.Equal(0, 1)));
        Assert.Throws<FailException>(() => AwaitCondition(() => false));
        SafetyNet = TimeSpan.FromSeconds(120);
    }

    [Fact]
    public void Within_VirtualTime_ExpectFailureOutsideTheBounds()
    {
        Within(2 * Second, () => Advance(Second));
        Assert.Throws<XunitException>(() => Within(Second, () => Advance(2 * Second)));
        Assert.Throws<XunitException>(() => Within(2 * Second, 3 * Second, () => Advance(Second)));
    }

    [Fact]
    public void TestLatch_CountedDown_ExpectItOpens()
    {
        var latch = new TestLatch(2);
        latch.CountDown();
        Assert.False(latch.IsOpen);
        latch.CountDown();
        Assert.True(latch.IsOpen);
        latch.Ready();
    }

    [Fact]
    public void EventFilter_AsManyAsExpected_ExpectSuccessElseFailure()
    {
        var actor = Sys.ActorOf(Worker.Props(CreateTestProbe().Ref), "unlucky");
        EventFilter.Exception<BoomException>("boom", source: "/user/unlucky").ExpectOne(() => actor.Tell(new Fail(), TestActor));
        EventFilter.Exception<BoomException>().Expect(2, () =>
        {
            actor.Tell(new Fail("1"), TestActor);
            actor.Tell(new Fail("2"), TestActor);
        });
        EventFilter.DeadLetter<string>(text => text == "x").ExpectOne(() => Sys.DeadLetters.Tell("x", TestActor));
        EventFilter.Error().Expect(0, () => { });
        Assert.Throws<FailException>(() => EventFilter.Exception<BoomException>().Expect(1, () =>
        {
            actor.Tell(new Fail("1"), TestActor);
            actor.Tell(new Fail("2"), TestActor);
        }));
        SafetyNet = Impatient;
        Assert.Throws<FailException>(() => EventFilter.Exception<BoomException>("other").ExpectOne(() => actor.Tell(new Fail(), TestActor)));
        SafetyNet = TimeSpan.FromSeconds(120);
    }

    [Fact]
    public void TestKit_OnTheWallClock_ExpectRealTimeForSilence()
    {
        using var kit = new TestKit(ActorSystem.Create("real"));
        var start = TimeProvider.System.GetTimestamp();
        kit.ExpectNoMsg(Impatient);
        Assert.True(TimeProvider.System.GetElapsedTime(start) >= Impatient);
        kit.TestActor.Tell("hello", ActorRefs.NoSender);
        kit.ExpectMsg("hello");
        Assert.Throws<InvalidOperationException>(() => kit.Advance(Second));
    }
}
