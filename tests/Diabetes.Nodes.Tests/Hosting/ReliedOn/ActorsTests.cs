using Diabetes.Testing.Actors;

namespace Diabetes.Nodes.Tests.Hosting.ReliedOn;

/// <summary>What the nodes rely on in Akka.NET's actors.</summary>
public sealed class ActorsTests : VirtualTimeTestKit
{
    [Fact]
    public async Task Tell_SeveralSenders_EachSendersMessagesKeepTheirOrder()
    {
        const int Each = 1000;
        var actor = Listen(TestActor);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(sender => Task.Run(() =>
        {
            for (var number = 0; number < Each; number++)
            {
                actor.Tell((Sender: sender, Number: number));
            }
        })));

        var got = ReceiveN(4 * Each, SafetyNet).Cast<(int Sender, int Number)>().ToLookup(
            message => message.Sender, message => message.Number);
        Assert.All(got, numbers => Assert.Equal(Enumerable.Range(0, Each), numbers));
    }

    [Fact]
    public void PoisonPill_BehindMessages_StopsWhenTheyAreHandled()
    {
        var actor = Watch(Listen(TestActor));
        actor.Tell(1);
        actor.Tell(2);
        actor.Tell(PoisonPill.Instance);
        actor.Tell(3);
        ExpectMsg(1);
        ExpectMsg(2);
        ExpectTerminated(actor);
        ExpectNoMsg();
    }

    [Fact]
    public void ReceiveAsync_TaskUnfinished_NothingElseIsHandledBeforeItIs()
    {
        var (first, test) = (new TaskCompletionSource(), TestActor);
        var actor = Sys.ActorOf(Props.Create(() => new Waiter(first.Task, test)));
        for (var number = 0; number < 3; number++)
        {
            actor.Tell(number);
        }

        ExpectMsg("begins 0");
        ExpectNoMsg();

        first.SetResult();
        Assert.Equal(["ends 0", "begins 1", "ends 1", "begins 2", "ends 2"], ReceiveN(5, SafetyNet));
    }

    [Fact]
    public void Stop_ActorWithChildren_IsOverOnlyWhenTheyAre()
    {
        var parent = Watch(Family(TestActor));
        ExpectMsg("starts child");
        Sys.Stop(parent);
        ExpectMsg("stops child");
        ExpectMsg("stops parent");
        ExpectTerminated(parent);
    }

    [Fact]
    public void Restart_MessagesWaiting_AreHandledByTheNewActor()
    {
        var actor = Listen(TestActor);
        actor.Tell("before");
        actor.Tell(new InvalidOperationException("on purpose"));
        actor.Tell("after");
        ExpectMsg("before");
        ExpectMsg("restarted");
        ExpectMsg("after");
        ExpectNoMsg();
    }

    [Fact]
    public void Watch_ActorThatStops_SaysSoOnceAlsoToWhoComesLate()
    {
        var actor = Listen(Sys.DeadLetters);
        Watch(actor);
        Watch(actor);
        Sys.Stop(actor);
        ExpectTerminated(actor);
        ExpectNoMsg();

        Watch(actor);
        ExpectTerminated(actor);
        ExpectNoMsg();
    }

    [Fact]
    public void Tell_ActorThatStopped_IsPublishedAsADeadLetter()
    {
        var actor = Watch(Listen(Sys.DeadLetters));
        Sys.Stop(actor);
        ExpectTerminated(actor);
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));
        actor.Tell("too late");
        var letter = ExpectMsg<DeadLetter>();
        Assert.Equal(("too late", actor), (letter.Message, letter.Recipient));
    }

    [Fact]
    public void Timers_ActorRestarts_AreCancelled()
    {
        var test = TestActor;
        var actor = Sys.ActorOf(Props.Create(() => new Clock(test)));
        AwaitRest();
        Advance(TimeSpan.FromSeconds(1));
        ExpectMsg("tick of 1");

        actor.Tell(new InvalidOperationException("on purpose"));
        ExpectNoMsg(TimeSpan.FromSeconds(10));
    }

    private IActorRef Listen(IActorRef listener) => Sys.ActorOf(Props.Create(() => new Listener(listener)));

    private IActorRef Family(IActorRef listener) => Sys.ActorOf(Props.Create(() => new Parent(listener)));

    /// <summary>Hands on what it hears, throws what is an exception, and says when it is another one.</summary>
    private sealed class Listener : ReceiveActor
    {
        private readonly IActorRef _listener;

        public Listener(IActorRef listener)
        {
            _listener = listener;
            Receive<Exception>(failure => throw failure);
            ReceiveAny(listener.Forward);
        }

        protected override void PostRestart(Exception reason) => _listener.Tell("restarted");
    }

    private sealed class Waiter : ReceiveActor
    {
        public Waiter(Task first, IActorRef listener) => ReceiveAsync<int>(async number =>
        {
            listener.Tell($"begins {number}");
            await (number == 0 ? first : Task.CompletedTask);
            listener.Tell($"ends {number}");
        });
    }

    private sealed class Parent(IActorRef listener) : UntypedActor
    {
        protected override void PreStart() => Context.ActorOf(Props.Create(() => new Child(listener)));

        protected override void PostStop() => listener.Tell("stops parent");

        protected override void OnReceive(object message) => Unhandled(message);
    }

    private sealed class Child(IActorRef listener) : UntypedActor
    {
        protected override void PreStart() => listener.Tell("starts child");

        protected override void PostStop() => listener.Tell("stops child");

        protected override void OnReceive(object message) => Unhandled(message);
    }

    /// <summary>Ticks in its first life; its second sets no timer.</summary>
    private sealed class Clock : ReceiveActor, IWithTimers
    {
        public Clock(IActorRef listener)
        {
            Receive<Exception>(failure => throw failure);
            Receive<int>(number => listener.Tell($"tick of {number}"));
        }

        public ITimerScheduler Timers { get; set; } = null!;

        protected override void PreStart() => Timers.StartPeriodicTimer("tick", 1, TimeSpan.FromSeconds(1));

        protected override void PostRestart(Exception reason)
        {
        }
    }
}
