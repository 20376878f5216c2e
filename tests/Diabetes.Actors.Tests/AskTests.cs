namespace Diabetes.Actors.Tests;

/// <summary>A question ends with its answer, its failure, its cancellation or its timeout, whichever is first; what comes later is a dead letter.</summary>
public sealed class AskTests : KernelTest
{
    private static readonly Props Echo = Fun.Of((message, context) => context.Sender.Tell(message));
    private static readonly Props Silent = Fun.Of((_, _) => { });

    [Fact]
    public async Task Ask_Answered_ExpectTheAnswer()
    {
        var actor = Sys.ActorOf(Echo);
        Assert.Equal("hello", await Safely(actor.Ask<string>("hello", Second)));
        Assert.Equal("hello", await Safely(actor.Ask("hello", Second)));
    }

    [Fact]
    public async Task Ask_WithoutTimeout_ExpectItWaitsForHoweverLong()
    {
        var gate = new TestLatch();
        var actor = Sys.ActorOf(Props.Create(() => new AnswersWhenOpened()));
        var answer = actor.Ask<string>(gate, Timeout.InfiniteTimeSpan);
        Advance(TimeSpan.FromDays(1));
        Assert.False(answer.IsCompleted);
        gate.Open();
        Assert.Equal("opened", await Safely(answer));
    }

    [Fact]
    public async Task Ask_ManyAtOnce_ExpectEachItsOwnAnswer()
    {
        var actor = Sys.ActorOf(Echo);
        var answers = await Safely(Task.WhenAll(Enumerable.Range(0, 1000).Select(i => actor.Ask<int>(i, Second))));
        Assert.Equal(Enumerable.Range(0, 1000), answers);
    }

    [Fact]
    public async Task Ask_NoAnswer_ExpectAskTimeoutExceptionWhenTheTimeIsUp()
    {
        var actor = Sys.ActorOf(Silent);
        var answer = actor.Ask<string>("hello", Second);
        Advance(Second - TimeSpan.FromTicks(1));
        Assert.False(answer.IsCompleted);
        Advance(TimeSpan.FromTicks(1));
        await Assert.ThrowsAsync<AskTimeoutException>(() => Safely(answer));
    }

    [Fact]
    public async Task Ask_DeadActor_ExpectADeadLetterAndTheTimeout()
    {
        var dead = Listen<DeadLetter>();
        var actor = Sys.ActorOf(Silent);
        Watch(actor);
        Sys.Stop(actor);
        ExpectTerminated(actor);
        var answer = actor.Ask<string>("anybody there?", Second);
        dead.ExpectMsg<DeadLetter>(letter => letter.Message.Equals("anybody there?") && letter.Recipient.Equals(actor));
        Advance(Second);
        await Assert.ThrowsAsync<AskTimeoutException>(() => Safely(answer));
    }

    [Fact]
    public async Task Ask_AnswerAfterTheTimeout_ExpectADeadLetter()
    {
        var dead = Listen<DeadLetter>();
        var gate = new TestLatch();
        var actor = Sys.ActorOf(Props.Create(() => new AnswersWhenOpened()));
        var answer = actor.Ask<string>(gate, Second);
        Advance(Second);
        await Assert.ThrowsAsync<AskTimeoutException>(() => Safely(answer));
        gate.Open();
        dead.ExpectMsg<DeadLetter>(letter => letter.Message.Equals("opened"));
    }

    [Fact]
    public async Task Ask_SeveralAnswers_ExpectTheFirstAndTheOthersAsDeadLetters()
    {
        var dead = Listen<DeadLetter>();
        var actor = Sys.ActorOf(Fun.Of((_, context) =>
        {
            context.Sender.Tell("1");
            context.Sender.Tell("2");
            context.Sender.Tell("3");
        }));
        Assert.Equal("1", await Safely(actor.Ask<string>("go", Second)));
        dead.ExpectMsg<DeadLetter>(letter => letter.Message.Equals("2"));
        dead.ExpectMsg<DeadLetter>(letter => letter.Message.Equals("3"));
    }

    [Fact]
    public async Task Ask_AnswerOfAnotherType_ExpectArgumentException()
    {
        var actor = Sys.ActorOf(Echo);
        var failure = await Assert.ThrowsAsync<ArgumentException>(() => Safely(actor.Ask<int>("text", Second)));
        Assert.Contains("Int32", failure.Message, StringComparison.Ordinal);
        Assert.Contains("String", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_AnsweredWithStatusFailure_ExpectItsCause()
    {
        var actor = Sys.ActorOf(Fun.Of((_, context) => context.Sender.Tell(new Status.Failure(new BoomException("no")))));
        var failure = await Assert.ThrowsAsync<BoomException>(() => Safely(actor.Ask<string>("go", Second)));
        Assert.Equal("no", failure.Message);
    }

    [Fact]
    public async Task Ask_ForAStatus_ExpectTheFailureAsTheAnswer()
    {
        var actor = Sys.ActorOf(Fun.Of((_, context) => context.Sender.Tell(new Status.Failure(new BoomException("no")))));
        var status = await Safely(actor.Ask<Status>("go", Second));
        Assert.Equal("no", Assert.IsType<Status.Failure>(status).Cause?.Message);
    }

    [Fact]
    public async Task Ask_Cancelled_ExpectTaskCanceledException()
    {
        using var cancel = new CancellationTokenSource();
        var answer = Sys.ActorOf(Silent).Ask<string>("hello", Second, cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAsync<TaskCanceledException>(() => Safely(answer));
    }

    [Fact]
    public async Task Ask_CancelledBeforehand_ExpectTaskCanceledException() =>
        await Assert.ThrowsAsync<TaskCanceledException>(() => Safely(Sys.ActorOf(Silent).Ask<string>("hello", Second, new CancellationToken(canceled: true))));

    [Fact]
    public async Task Ask_MessageOfTheSender_ExpectTheAnswerMayComeByIt()
    {
        var actor = Sys.ActorOf(Fun.Of((message, _) => ((IActorRef)message).Tell("by the reference", ActorRefs.NoSender)));
        Assert.Equal("by the reference", await Safely(actor.Ask<string>(sender => sender, Second, CancellationToken.None)));
    }

    [Fact]
    public async Task Ask_Sender_ExpectAnActorOfItsOwnForEachQuestion()
    {
        var actor = Sys.ActorOf(Fun.Of((_, context) => context.Sender.Tell(context.Sender)));
        var first = await Safely(actor.Ask<IActorRef>("who asks?", Second));
        var second = await Safely(actor.Ask<IActorRef>("who asks?", Second));
        Assert.NotEqual(first, second);
        Assert.StartsWith("/temp/", first.Path.ToStringWithoutAddress(), StringComparison.Ordinal);
    }

    [Fact]
    public void Ask_AwaitedInAnAsynchronousReceive_ExpectSenderAndSelfAfterwards()
    {
        var echo = Sys.ActorOf(Echo);
        var asker = Sys.ActorOf(Props.Create(() => new Asker(echo)));
        asker.Tell("question", TestActor);
        ExpectMsg("answer to question");
        Assert.Equal(asker, LastSender);
    }

    [Fact]
    public async Task Ask_ForwardedOnce_ExpectTheAnswerReachesTheQuestion()
    {
        var echo = Sys.ActorOf(Echo);
        var middle = Sys.ActorOf(Fun.Of((message, _) => echo.Forward(message)));
        Assert.Equal("hello", await Safely(middle.Ask<string>("hello", Second)));
    }

    [Fact]
    public async Task Ask_ContinuationBlocks_ExpectTheAnsweringActorGoesOn()
    {
        var actor = Sys.ActorOf(Props.Create(() => new AnswersWhenOpened()));
        var (answering, gate) = (new TestLatch(), new TestLatch());
        var blocked = actor.Ask<string>(answering, Timeout.InfiniteTimeSpan).ContinueWith(
            _ => gate.Ready(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        answering.Open();
        actor.Tell(answering, TestActor);
        ExpectMsg("opened");
        gate.Open();
        await Safely(blocked);
    }

    private Task<T> Safely<T>(Task<T> task) => task.WaitAsync(SafetyNet);

    private Task Safely(Task task) => task.WaitAsync(SafetyNet);

    private sealed class AnswersWhenOpened : ReceiveActor
    {
        public AnswersWhenOpened() => ReceiveAsync<TestLatch>(async latch =>
        {
            await latch.Opened;
            Sender.Tell("opened");
        });
    }

    private sealed class Asker : ReceiveActor
    {
        public Asker(IActorRef other) => ReceiveAsync<string>(async question =>
        {
            var answer = await other.Ask<string>($"answer to {question}", Timeout.InfiniteTimeSpan);
            Sender.Tell(answer);
        });
    }
}
