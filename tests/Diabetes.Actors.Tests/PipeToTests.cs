namespace Diabetes.Actors.Tests;

/// <summary>A task's end becomes a message: its result, or a Status.Failure of its cause.</summary>
public sealed class PipeToTests : KernelTest
{
    private readonly TaskCompletionSource<string> _source = new();
    private readonly TaskCompletionSource _plain = new();

    [Fact]
    public async Task PipeTo_TaskSucceeds_ExpectItsResultFromTheGivenSender()
    {
        var sender = CreateTestProbe();
        var piped = _source.Task.PipeTo(TestActor, sender.Ref);
        ExpectNoMsg();
        _source.SetResult("done");
        await piped.WaitAsync(SafetyNet);
        ExpectMsgFrom(sender.Ref, "done");
    }

    [Fact]
    public async Task PipeTo_TaskIsDoneAlready_ExpectItsResult()
    {
        await Task.FromResult("done").PipeTo(TestActor);
        ExpectMsg("done");
    }

    [Fact]
    public void PipeTo_TaskFails_ExpectStatusFailureOfTheCauseItself()
    {
        var cause = new BoomException("no");
        _ = _source.Task.PipeTo(TestActor);
        _source.SetException(cause);
        ExpectMsg<Status.Failure>(failure => Assert.Same(cause, failure.Cause));
    }

    [Fact]
    public void PipeTo_TaskIsCancelled_ExpectStatusFailure()
    {
        _ = _source.Task.PipeTo(TestActor);
        _source.SetCanceled();
        ExpectMsg<Status.Failure>(failure => Assert.IsAssignableFrom<OperationCanceledException>(failure.Cause));
    }

    [Fact]
    public void PipeTo_WithASuccessFunction_ExpectWhatItMakes()
    {
        _ = _source.Task.PipeTo(TestActor, success: text => text.Length);
        _source.SetResult("four");
        ExpectMsg(4);
    }

    [Fact]
    public void PipeTo_WithAFailureFunction_ExpectWhatItMakes()
    {
        _ = _source.Task.PipeTo(TestActor, failure: cause => "failed: " + cause.Message);
        _source.SetException(new BoomException("no"));
        ExpectMsg("failed: no");
    }

    [Fact]
    public async Task PipeTo_PlainTaskSucceeds_ExpectNothingButWhatTheSuccessFunctionMakes()
    {
        var silent = _plain.Task.PipeTo(TestActor);
        var told = _plain.Task.PipeTo(TestActor, success: () => "done");
        _plain.SetResult();
        await Task.WhenAll(silent, told).WaitAsync(SafetyNet);
        ExpectMsg("done");
        ExpectNoMsg();
    }

    [Fact]
    public void PipeTo_PlainTaskFails_ExpectStatusFailure()
    {
        _ = _plain.Task.PipeTo(TestActor);
        _plain.SetException(new BoomException("no"));
        ExpectMsg<Status.Failure>(failure => failure.Cause?.Message == "no");
    }

    [Fact]
    public void PipeTo_TheTaskOfAnAsk_ExpectItIsSentByTheTimeTheSystemIsAtRest()
    {
        var echo = Sys.ActorOf(Fun.Of((message, context) => context.Sender.Tell(message)));
        for (var i = 0; i < 200; i++)
        {
            _ = echo.Ask<int>(i, Timeout.InfiniteTimeSpan).PipeTo(TestActor);
            AwaitRest();
            Assert.Equal(i, ReceiveOne());
        }
    }

    [Fact]
    public void PipeTo_CompletedInAnActorsRun_ExpectTheFunctionsRunOutsideThatActor()
    {
        _ = _source.Task.PipeTo(TestActor, success: text =>
        {
            Assert.Throws<NotSupportedException>(() => OtherActor.WhoAmI());
            return text;
        });
        Sys.ActorOf(Fun.Of((_, _) => _source.SetResult("done"))).Tell("go", TestActor);
        ExpectMsg("done");
    }

    [Fact]
    public void PipeTo_SelfFromAHandler_ExpectTheActorGoesOnMeanwhile()
    {
        var actor = Sys.ActorOf(Fun.Of((message, context) =>
        {
            if (message is Task<string> task)
            {
                task.PipeTo(context.Self, context.Sender);
            }
            else
            {
                TestActor.Tell(message, context.Sender);
            }
        }));
        var asker = CreateTestProbe();
        actor.Tell(_source.Task, asker.Ref);
        actor.Tell("meanwhile", asker.Ref);
        ExpectMsg("meanwhile");
        _source.SetResult("done");
        ExpectMsgFrom(asker.Ref, "done");
    }

    private sealed class OtherActor : UntypedActor
    {
        public static IActorRef WhoAmI() => Context.Self;

        protected override void OnReceive(object message)
        {
        }
    }
}
