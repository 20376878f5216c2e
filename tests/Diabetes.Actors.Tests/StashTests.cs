namespace Diabetes.Actors.Tests;

/// <summary>Stashed messages come back in front of the mailbox, in their order, with their senders; none is lost over a restart or a stop.</summary>
public sealed class StashTests : KernelTest
{
    [Fact]
    public void UnstashAll_SeveralStashed_ExpectTheirOrderBeforeWhatWaitedMeanwhile()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Door(TestActor)));
        var gate = new TestLatch();
        actor.Tell(gate, TestActor);
        actor.Tell("1", TestActor);
        actor.Tell("2", TestActor);
        actor.Tell("open", TestActor);
        actor.Tell("3", TestActor);
        gate.Open();
        ExpectInOrder("opened", "1", "2", "3");
        ExpectNoMsg();
    }

    [Fact]
    public void Unstash_OneOfSeveral_ExpectTheOldest()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Door(TestActor)));
        actor.Tell("1", TestActor);
        actor.Tell("2", TestActor);
        actor.Tell("open for one", TestActor);
        ExpectInOrder("opened for one", "1");
        ExpectNoMsg();
    }

    [Fact]
    public void Unstash_NothingStashed_ExpectNothing()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Door(TestActor)));
        actor.Tell("open for one", TestActor);
        actor.Tell("1", TestActor);
        ExpectInOrder("opened for one", "1");
    }

    [Fact]
    public void UnstashAll_MessagesOfSeveralSenders_ExpectEachKeepsItsSender()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Door(TestActor)));
        var (a, b) = (CreateTestProbe(), CreateTestProbe());
        actor.Tell("who 1", a.Ref);
        actor.Tell("who 2", b.Ref);
        actor.Tell("open", TestActor);
        a.ExpectMsg("who 1");
        b.ExpectMsg("who 2");
    }

    [Fact]
    public void Stash_TheSameMessageTwice_ExpectIllegalActorStateException()
    {
        var actor = Sys.ActorOf(Props.Create(() => new StashesTwice(TestActor)));
        actor.Tell("x", TestActor);
        ExpectMsg<IllegalActorStateException>();
    }

    [Fact]
    public void Stash_TheSameObjectSentTwice_ExpectBothAreStashed()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Door(TestActor)));
        var message = new object();
        actor.Tell(message, TestActor);
        actor.Tell(message, TestActor);
        actor.Tell("open", TestActor);
        ExpectInOrder("opened", message, message);
    }

    [Fact]
    public void Stash_AgainAfterUnstash_ExpectAllowed()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Door(TestActor)));
        actor.Tell("1", TestActor);
        actor.Tell("open for one", TestActor);
        ExpectInOrder("opened for one", "1");
        actor.Tell("close", TestActor);
        actor.Tell("1", TestActor);
        actor.Tell("open", TestActor);
        ExpectInOrder("opened", "1");
    }

    [Fact]
    public void Restart_Stashed_ExpectTheNewInstanceGetsThemBeforeTheMailbox()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Door(TestActor)));
        var gate = new TestLatch();
        actor.Tell("1", TestActor);
        actor.Tell("2", TestActor);
        actor.Tell(gate, TestActor);
        actor.Tell(new Fail(), TestActor);
        actor.Tell("open", TestActor);
        actor.Tell("3", TestActor);
        gate.Open();
        // The new instance's door is shut again: 1 and 2 are stashed a second time before "open" is read.
        ExpectInOrder("opened", "1", "2", "3");
        ExpectNoMsg();
    }

    [Fact]
    public void Restart_PreRestartUnstashes_ExpectEachMessageOnce()
    {
        var actor = Sys.ActorOf(Props.Create(() => new UnstashesInPreRestart(TestActor)));
        actor.Tell("1", TestActor);
        actor.Tell("2", TestActor);
        actor.Tell(new Fail(), TestActor);
        ExpectInOrder("1", "2");
        ExpectNoMsg();
    }

    [Fact]
    public void ClearStash_InPreRestart_ExpectTheyAreHandedOutAndGone()
    {
        var actor = Sys.ActorOf(Props.Create(() => new ClearsInPreRestart(TestActor)));
        actor.Tell("1", TestActor);
        actor.Tell("2", TestActor);
        actor.Tell(new Fail(), TestActor);
        actor.Tell("3", TestActor);
        ExpectInOrder("cleared: 1, 2", "3");
        ExpectNoMsg();
    }

    [Fact]
    public void Stop_Stashed_ExpectDeadLettersWithTheirSenders()
    {
        var dead = Listen<DeadLetter>();
        var actor = Sys.ActorOf(Props.Create(() => new Door(TestActor)));
        actor.Tell("1", TestActor);
        actor.Tell("2", TestActor);
        AwaitRest();
        Sys.Stop(actor);
        foreach (var expected in new[] { "1", "2" })
        {
            dead.ExpectMsg<DeadLetter>(letter => letter.Message.Equals(expected) && letter.Sender.Equals(TestActor) && letter.Recipient.Equals(actor));
        }
    }

    [Fact]
    public void Terminated_StashedAndUnstashed_ExpectItComesAgain()
    {
        var subject = Sys.ActorOf(Fun.Of((_, _) => { }));
        var actor = Sys.ActorOf(Props.Create(() => new StashesTerminated(TestActor, subject)));
        actor.Tell("ready?", TestActor);
        ExpectMsg("ready");
        Sys.Stop(subject);
        ExpectInOrder("stashed", "again");
        ExpectNoMsg();
    }

    [Fact]
    public void Stash_InAnAsynchronousReceive_ExpectTheMessageAndItsSender()
    {
        var actor = Sys.ActorOf(Props.Create(() => new StashesAfterAwait()));
        actor.Tell("x", TestActor);
        actor.Tell("open", TestActor);
        ExpectMsg("x");
        Assert.Equal(actor, LastSender);
    }

    [Fact]
    public void Stash_BoundedAndFull_ExpectStashOverflowException()
    {
        using var kit = new TestKit(ActorSystem.Create("bounded", TestKit.SetupOn(new VirtualTime()).WithStashCapacity(2)));
        var probe = kit.TestActor;
        var actor = kit.ActorOf(() => new BoundedStasher(probe));
        actor.Tell("1", probe);
        actor.Tell("2", probe);
        actor.Tell("3", probe);
        kit.ExpectMsg("no room for 3");
    }

    [Fact]
    public void Prepend_Envelopes_ExpectThemBeforeWhatIsStashed()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Prepends(TestActor)));
        actor.Tell("2", TestActor);
        actor.Tell("prepend", TestActor);
        ExpectInOrder("0", "1", "2");
    }

    /// <summary>Stashes what it gets until it is opened.</summary>
    private sealed class Door : ReceiveActor, IWithStash
    {
        private readonly IActorRef _probe;

        public Door(IActorRef probe)
        {
            _probe = probe;
            Closed();
        }

        public IStash Stash { get; set; } = null!;

        private void Closed()
        {
            Commands();
            ReceiveAny(_ => Stash.Stash());
        }

        private void Open()
        {
            Commands();
            Receive<string>(who => Sender.Tell(who), text => text.StartsWith("who", StringComparison.Ordinal));
            ReceiveAny(message => _probe.Tell(message));
        }

        private void Commands()
        {
            ReceiveAsync<TestLatch>(latch => latch.Opened);
            Receive<Fail>(fail => throw new BoomException(fail.Reason));
            Receive<string>(
                text => text == "open",
                _ =>
                {
                    _probe.Tell("opened");
                    Become(Open);
                    Stash.UnstashAll();
                });
            Receive<string>(
                text => text == "open for one",
                _ =>
                {
                    _probe.Tell("opened for one");
                    Become(Open);
                    Stash.Unstash();
                });
            Receive<string>(text => text == "close", _ => Become(Closed));
        }
    }

    private sealed class StashesTwice(IActorRef probe) : UntypedActor, IWithStash
    {
        public IStash Stash { get; set; } = null!;

        protected override void OnReceive(object message)
        {
            Stash.Stash();
            try
            {
                Stash.Stash();
            }
            catch (IllegalActorStateException refusal)
            {
                probe.Tell(refusal);
            }
        }
    }

    private sealed class UnstashesInPreRestart(IActorRef probe) : UntypedActor, IWithStash
    {
        private bool _restarted;

        public IStash Stash { get; set; } = null!;

        protected override void PreRestart(Exception reason, object? message)
        {
            Stash.UnstashAll();
            base.PreRestart(reason, message);
        }

        protected override void PostRestart(Exception reason) => _restarted = true;

        protected override void OnReceive(object message)
        {
            if (message is Fail)
            {
                throw new BoomException("boom");
            }

            if (_restarted)
            {
                probe.Tell(message);
            }
            else
            {
                Stash.Stash();
            }
        }
    }

    private sealed class ClearsInPreRestart(IActorRef probe) : UntypedActor, IWithStash
    {
        private bool _restarted;

        public IStash Stash { get; set; } = null!;

        protected override void PreRestart(Exception reason, object? message) =>
            probe.Tell("cleared: " + string.Join(", ", Stash.ClearStash().Select(envelope => envelope.Message)));

        protected override void PostRestart(Exception reason) => _restarted = true;

        protected override void OnReceive(object message)
        {
            if (message is Fail)
            {
                throw new BoomException("boom");
            }

            if (_restarted)
            {
                probe.Tell(message);
            }
            else
            {
                Stash.Stash();
            }
        }
    }

    private sealed class StashesTerminated : ReceiveActor, IWithStash
    {
        public StashesTerminated(IActorRef probe, IActorRef subject)
        {
            Context.Watch(subject);
            var stashed = false;
            Receive<Terminated>(_ =>
            {
                if (stashed)
                {
                    probe.Tell("again");
                    return;
                }

                stashed = true;
                Stash.Stash();
                Stash.UnstashAll();
                probe.Tell("stashed");
            });
            ReceiveAny(_ => Sender.Tell("ready"));
        }

        public IStash Stash { get; set; } = null!;
    }

    private sealed class BoundedStasher(IActorRef probe) : UntypedActor, IWithBoundedStash
    {
        public IStash Stash { get; set; } = null!;

        protected override void OnReceive(object message)
        {
            try
            {
                Stash.Stash();
            }
            catch (StashOverflowException)
            {
                probe.Tell($"no room for {message}");
            }
        }
    }

    private sealed class Prepends : ReceiveActor, IWithStash
    {
        public Prepends(IActorRef probe)
        {
            Receive<string>(
                text => text == "prepend",
                _ =>
                {
                    Stash.Prepend([new Envelope("0", Self), new Envelope("1", Self)]);
                    Become(() => ReceiveAny(message => probe.Tell(message)));
                    Stash.UnstashAll();
                });
            ReceiveAny(_ => Stash.Stash());
        }

        public IStash Stash { get; set; } = null!;
    }

    private sealed class StashesAfterAwait : ReceiveActor, IWithStash
    {
        public StashesAfterAwait()
        {
            Receive<string>(
                text => text == "open",
                _ =>
                {
                    Become(() => ReceiveAny(message => Sender.Tell(message)));
                    Stash.UnstashAll();
                });
            ReceiveAnyAsync(async _ =>
            {
                await Task.Yield();
                Stash.Stash();
            });
        }

        public IStash Stash { get; set; } = null!;
    }
}
