namespace Diabetes.Actors.Tests;

/// <summary>
/// Whatever happens in whatever order, the books balance: every message is handled or a dead letter, once; every actor's end is announced to every
/// watcher, once; every instance that was made is also laid to rest.
/// </summary>
public sealed class ChaosTests : KernelTest
{
    private const int Threads = 4;
    private const int OrdersEach = 4_000;

    // On a machine that runs the actors late, a round's orders may all go to the few that there are at its start.
    private const int MostRounds = 20;

    private readonly Books _books = new();
    private int _watched;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Orders_AtRandomFromSeveralThreads_ExpectTheBooksBalance(int seed)
    {
        var books = _books;
        Sys.EventStream.Subscribe(Sys.ActorOf(Fun.Of((letter, _) => books.Note((Order)((DeadLetter)letter).Message))), typeof(DeadLetter));
        var root = Sys.ActorOf(Props.Create(() => new ChaosActor(books, 0)));
        books.Register(root);
        var ends = new[] { CreateTestProbe(), CreateTestProbe() };
        var watchers = Array.ConvertAll(ends, end => Sys.ActorOf(Props.Create(() => new ChaosWatcher(end.Ref))));
        var rounds = 0;
        while (!IsChaos && rounds < MostRounds)
        {
            await GiveOrdersAsync(seed, rounds++, watchers);
        }

        Sys.Stop(root);
        AwaitRest();

        // Handlers that were under way when their actor ended run to their end outside the system.
        AwaitAssert(() => Assert.Equal(rounds * Threads * OrdersEach, books.Fates.Count));
        Assert.All(books.Fates, fate => Assert.Equal(1, fate.Value));
        Assert.Equal(books.InstancesMade, books.InstancesLaidToRest);
        var actors = Enumerable.Range(0, books.ActorCount).Select(books.Actor).ToHashSet();
        Assert.All(ends, end => Assert.Equal(actors, end.ReceiveN(actors.Count).Cast<IActorRef>().ToHashSet()));
        Assert.All(ends, end => end.ExpectNoMsg());
        Assert.True(IsChaos, $"only {actors.Count} actors in {books.InstancesMade} instances: no chaos");
    }

    private bool IsChaos => _books.ActorCount > 100 && _books.InstancesMade > _books.ActorCount + 100;

    private static OrderKind Draw(Random random) => random.Next(100) switch
    {
        < 50 => OrderKind.Note,
        < 60 => OrderKind.Later,
        < 68 => OrderKind.Stash,
        < 74 => OrderKind.Unstash,
        < 82 => OrderKind.Fail,
        < 85 => OrderKind.FailLater,
        < 88 => OrderKind.Stop,
        _ => OrderKind.Spawn,
    };

    private async Task GiveOrdersAsync(int seed, int round, IActorRef[] watchers)
    {
        var ordered = Task.WhenAll(Enumerable.Range(round * Threads, Threads).Select(giver => Task.Run(() => GiveOrders(new Random((seed * 100) + giver), giver))));
        while (!ordered.IsCompleted)
        {
            Watch(watchers);
            Thread.Yield();
        }

        await ordered;
        AwaitRest();
        Watch(watchers);
    }

    private void GiveOrders(Random random, int giver)
    {
        for (var i = 0; i < OrdersEach; i++)
        {
            // The youngest are the likeliest to live still.
            var newest = _books.ActorCount - 1;
            var target = _books.Actor(newest - random.Next(Math.Min(newest + 1, 60)));
            target.Tell(new Order((giver * OrdersEach) + i, Draw(random)), ActorRefs.NoSender);
        }
    }

    /// <summary>Each watcher watches each actor once: some while they live, some as they end, some after.</summary>
    private void Watch(IActorRef[] watchers)
    {
        for (var known = _books.ActorCount; _watched < known; _watched++)
        {
            var actor = _books.Actor(_watched);
            Array.ForEach(watchers, watcher => watcher.Tell(actor, ActorRefs.NoSender));
        }
    }
}
