namespace Diabetes.Actors.Tests;

/// <summary>What reaches nobody is published, with who sent it and whom it was for. Nothing is lost silently.</summary>
public sealed class DeadLetterTests : KernelTest
{
    private static readonly Props Idle = Fun.Of((_, _) => { });

    private readonly TestProbe _dead;

    public DeadLetterTests() => _dead = Listen<DeadLetter>();

    [Fact]
    public void Tell_StoppedActor_ExpectADeadLetter()
    {
        var actor = Sys.ActorOf(Idle);
        Watch(actor);
        Sys.Stop(actor);
        ExpectTerminated(actor);
        actor.Tell("too late", TestActor);
        ExpectLetter("too late", TestActor, actor);
        _dead.ExpectNoMsg();
    }

    [Fact]
    public void Tell_WithoutSender_ExpectDeadLettersAsTheSender()
    {
        var actor = Sys.ActorOf(Idle);
        Watch(actor);
        Sys.Stop(actor);
        ExpectTerminated(actor);
        actor.Tell("too late", ActorRefs.NoSender);
        ExpectLetter("too late", Sys.DeadLetters, actor);
    }

    [Fact]
    public void Stop_MessagesInTheMailbox_ExpectEachAsADeadLetterInOrder()
    {
        var actor = Sys.ActorOf(Worker.Props(CreateTestProbe().Ref));
        var gate = new TestLatch();
        actor.Tell(gate, TestActor);
        actor.Tell(PoisonPill.Instance, TestActor);
        actor.Tell("1", TestActor);
        actor.Tell("2", TestActor);
        actor.Tell("3", TestActor);
        gate.Open();
        ExpectLetter("1", TestActor, actor);
        ExpectLetter("2", TestActor, actor);
        ExpectLetter("3", TestActor, actor);
        _dead.ExpectNoMsg();
    }

    [Fact]
    public void Stop_Self_ExpectWhatItStillSendsItselfAsADeadLetter()
    {
        var actor = Sys.ActorOf(Fun.Of((message, context) =>
        {
            context.Stop(context.Self);
            context.Self.Tell("to self", context.Self);
        }));
        actor.Tell("go", TestActor);
        ExpectLetter("to self", actor, actor);
    }

    [Fact]
    public void Tell_DeadLettersThemselves_ExpectADeadLetter()
    {
        Sys.DeadLetters.Tell("straight", TestActor);
        ExpectLetter("straight", TestActor, Sys.DeadLetters);
    }

    [Fact]
    public void Tell_SuppressedMessage_ExpectOnlyASuppressedDeadLetter()
    {
        var all = Listen<AllDeadLetters>();
        var actor = Sys.ActorOf(Idle);
        Watch(actor);
        Sys.Stop(actor);
        ExpectTerminated(actor);
        var quiet = new Quiet();
        actor.Tell(quiet, TestActor);
        all.ExpectMsg<SuppressedDeadLetter>(letter => ReferenceEquals(letter.Message, quiet) && letter.Sender.Equals(TestActor) && letter.Recipient.Equals(actor));
        _dead.ExpectNoMsg();
    }

    [Fact]
    public void PoisonPill_StoppedActor_ExpectNoDeadLetter()
    {
        var actor = Sys.ActorOf(Idle);
        Watch(actor);
        Sys.Stop(actor);
        ExpectTerminated(actor);
        actor.Tell(PoisonPill.Instance, TestActor);
        _dead.ExpectNoMsg();
    }

    [Fact]
    public void Tell_Nobody_ExpectSilence()
    {
        ActorRefs.Nobody.Tell("into the void", TestActor);
        _dead.ExpectNoMsg();
    }

    [Fact]
    public void DeadLetter_SubscriberDies_ExpectTheOthersStillHear()
    {
        var mortal = Listen<DeadLetter>();
        Watch(mortal.Ref);
        Sys.Stop(mortal.Ref);
        ExpectTerminated(mortal.Ref);
        Sys.DeadLetters.Tell("hello", TestActor);
        ExpectLetter("hello", TestActor, Sys.DeadLetters);
        _dead.ExpectNoMsg();
    }

    [Fact]
    public async Task Tell_RacingWithTheStop_ExpectEveryMessageIsHandledOrADeadLetter()
    {
        const int senders = 4;
        const int each = 5_000;
        var handled = 0;
        var actor = Sys.ActorOf(Fun.Of((_, _) => Interlocked.Increment(ref handled)));
        Watch(actor);
        var sent = Task.WhenAll(Enumerable.Range(0, senders).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < each; i++)
            {
                actor.Tell("m", ActorRefs.NoSender);
            }
        })));
        AwaitCondition(() => Volatile.Read(ref handled) > 0);
        Sys.Stop(actor);
        await sent.WaitAsync(SafetyNet);
        ExpectTerminated(actor);
        AwaitRest();
        var letters = 0;
        while (_dead.HasMessages)
        {
            _dead.ExpectMsg<DeadLetter>();
            letters++;
        }

        Assert.Equal(senders * each, handled + letters);
    }

    private void ExpectLetter(object message, IActorRef sender, IActorRef recipient) => _dead.ExpectMsg<DeadLetter>(letter =>
    {
        Assert.Equal(message, letter.Message);
        Assert.Equal(sender, letter.Sender);
        Assert.Equal(recipient, letter.Recipient);
    });

    private sealed record Quiet : IDeadLetterSuppression;
}
