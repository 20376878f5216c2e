namespace Diabetes.Actors.Tests;

/// <summary>A router hands each message to one of its routees: in turn, or by the message's key.</summary>
public sealed class RouterTests : KernelTest
{
    /// <summary>Answers with its own name.</summary>
    private static readonly Props Routee = Fun.Of((_, context) => context.Sender.Tell(context.Self.Path.Name));

    [Fact]
    public void RoundRobinPool_TenRoundsOverFive_ExpectTenEachInTurn()
    {
        var router = Sys.ActorOf(new RoundRobinPool(5).Props(Routee), "router");
        for (var i = 0; i < 50; i++)
        {
            router.Tell("hit", TestActor);
        }

        var names = ReceiveN(50).Cast<string>().GroupBy(name => name).ToDictionary(group => group.Key, group => group.Count());
        Assert.Equal(5, names.Count);
        Assert.All(names.Values, count => Assert.Equal(10, count));
    }

    [Fact]
    public void RoundRobinPool_MessagesOneByOne_ExpectTheSameCycleAgain()
    {
        var router = Sys.ActorOf(Routee.WithRouter(new RoundRobinPool(3)));
        var cycle = Enumerable.Range(0, 3).Select(_ => Owner(router, "hit")).ToList();
        Assert.Equal(3, cycle.Distinct().Count());
        for (var i = 0; i < 9; i++)
        {
            Assert.Equal(cycle[i % 3], Owner(router, "hit"));
        }
    }

    [Fact]
    public void Pool_Routees_ExpectTheyAreChildrenOfTheRouter()
    {
        var router = Sys.ActorOf(new RoundRobinPool(2).Props(Fun.Of((_, context) => context.Sender.Tell(context.Parent))), "router");
        router.Tell("whose child?", TestActor);
        ExpectMsg(router);
    }

    [Fact]
    public void Pool_MessagesOfOneSenderToOneRoutee_ExpectSendOrder()
    {
        var router = Sys.ActorOf(new ConsistentHashingPool(4).Props(Fun.Of((message, _) => TestActor.Tell(message))));
        for (var i = 0; i < 1000; i++)
        {
            router.Tell(new ConsistentHashableEnvelope(i, "one key"), TestActor);
        }

        Assert.Equal(Enumerable.Range(0, 1000), ReceiveN(1000).Cast<int>());
    }

    [Fact]
    public void Broadcast_ToAPool_ExpectEveryRouteeOnce()
    {
        var router = Sys.ActorOf(new RoundRobinPool(5).Props(Routee));
        router.Tell(new Broadcast("all"), TestActor);
        Assert.Equal(5, ReceiveN(5).Distinct().Count());
        ExpectNoMsg();
    }

    [Fact]
    public async Task GetRoutees_OfAPool_ExpectThem()
    {
        var router = Sys.ActorOf(new RoundRobinPool(4).Props(Routee));
        var routees = await router.Ask<Routees>(GetRoutees.Instance, Timeout.InfiniteTimeSpan).WaitAsync(SafetyNet);
        Assert.Equal(4, routees.Members.Count());
    }

    [Fact]
    public void Stop_APool_ExpectItsRouteesEndFirst()
    {
        var router = Sys.ActorOf(new RoundRobinPool(3).Props(Worker.Props(TestActor)));
        Watch(router);
        Assert.Equal(3, ReceiveN(6).Count(line => line is "w: PreStart"));
        Sys.Stop(router);
        ExpectInOrder("w: PostStop", "w: PostStop", "w: PostStop");
        ExpectTerminated(router);
    }

    [Fact]
    public void PoisonPill_ToAPool_ExpectTheRouterEndsNotOneRoutee()
    {
        var router = Sys.ActorOf(new RoundRobinPool(3).Props(Routee));
        Watch(router);
        router.Tell(PoisonPill.Instance, TestActor);
        ExpectTerminated(router);
    }

    [Fact]
    public void Pool_ARouteeEnds_ExpectTheOthersTakeItsShare()
    {
        var router = Sys.ActorOf(new RoundRobinPool(3).Props(Fun.Of((message, context) =>
        {
            if (message is "end")
            {
                context.Stop(context.Self);
            }
            else
            {
                context.Sender.Tell(context.Self.Path.Name);
            }
        })));
        router.Tell("end", TestActor);
        AwaitRest();
        for (var i = 0; i < 10; i++)
        {
            router.Tell("hit", TestActor);
        }

        Assert.Equal(2, ReceiveN(10).Distinct().Count());
        ExpectNoMsg();
    }

    [Fact]
    public void Pool_AllRouteesEnd_ExpectTheRouterEnds()
    {
        var router = Sys.ActorOf(new RoundRobinPool(2).Props(Routee));
        Watch(router);
        router.Tell(new Broadcast(PoisonPill.Instance), TestActor);
        ExpectTerminated(router);
    }

    [Fact]
    public void RoundRobinGroup_ExistingActors_ExpectThemInTurnByPath()
    {
        var paths = Enumerable.Range(1, 3).Select(i => Sys.ActorOf(Routee, $"target-{i}").Path.ToStringWithoutAddress()).ToList();
        var router = Sys.ActorOf(new RoundRobinGroup(paths).Props(), "group");
        var owners = Enumerable.Range(0, 6).Select(_ => Owner(router, "hit")).ToList();
        Assert.Equal(["target-1", "target-2", "target-3"], owners.Take(3).Order());
        Assert.Equal(owners.Take(3), owners.Skip(3));
    }

    [Fact]
    public void RoundRobinGroup_IsStopped_ExpectTheRouteesLive()
    {
        var target = Sys.ActorOf(Routee, "target");
        var router = Sys.ActorOf(new RoundRobinGroup(["/user/target"]).Props());
        Watch(router);
        Sys.Stop(router);
        ExpectTerminated(router);
        Assert.Equal("target", Owner(target, "hit"));
    }

    [Fact]
    public void ConsistentHashing_OneKeyByThreeWays_ExpectOneRoutee()
    {
        var router = Sys.ActorOf(new ConsistentHashingPool(7).WithHashMapping(message => message is Plain plain ? plain.Key : null).Props(Routee));
        foreach (var key in Enumerable.Range(0, 50).Select(i => $"key {i}"))
        {
            var owner = Owner(router, new ConsistentHashableEnvelope("x", key));
            Assert.Equal(owner, Owner(router, new Keyed(key)));
            Assert.Equal(owner, Owner(router, new Plain(key)));
            Assert.Equal(owner, Owner(router, new ConsistentHashableEnvelope("y", key)));
        }
    }

    [Fact]
    public void ConsistentHashing_AnEnvelope_ExpectTheRouteeGetsTheMessageInside()
    {
        var router = Sys.ActorOf(new ConsistentHashingPool(3).Props(Fun.Of((message, context) => context.Sender.Tell(message))));
        router.Tell(new ConsistentHashableEnvelope("inside", "key"), TestActor);
        ExpectMsg("inside");
    }

    [Fact]
    public void ConsistentHashing_ManyKeys_ExpectEveryRouteeHasAShare()
    {
        const int keys = 4_000;
        var router = Sys.ActorOf(new ConsistentHashingPool(4).Props(Routee));
        for (var i = 0; i < keys; i++)
        {
            router.Tell(new Keyed($"{1730027639.447099 + i}"), TestActor);
        }

        var shares = ReceiveN(keys).GroupBy(name => name).Select(group => group.Count()).ToList();
        Assert.Equal(4, shares.Count);
        Assert.All(shares, share => Assert.InRange(share, keys / 20, keys / 2));
    }

    [Fact]
    public void ConsistentHashing_AGroup_ExpectTheSameOwnerInEveryRouterOfTheSameRoutees()
    {
        var paths = Enumerable.Range(1, 5).Select(i => Sys.ActorOf(Routee, $"shard-{i}").Path.ToStringWithoutAddress()).ToList();
        var one = Sys.ActorOf(new ConsistentHashingGroup(paths).Props());
        var two = Sys.ActorOf(new ConsistentHashingGroup(paths.AsEnumerable().Reverse()).Props());
        Assert.All(Enumerable.Range(0, 100), i => Assert.Equal(Owner(one, new Keyed(i)), Owner(two, new Keyed(i))));
    }

    [Fact]
    public void ConsistentHashing_ARouteeEnds_ExpectOnlyItsKeysMove()
    {
        var router = Sys.ActorOf(new ConsistentHashingPool(5).Props(Fun.Of((message, context) =>
        {
            if (message is "end")
            {
                context.Stop(context.Self);
            }
            else
            {
                context.Sender.Tell(context.Self.Path.Name);
            }
        })));
        var before = Enumerable.Range(0, 200).ToDictionary(key => key, key => Owner(router, new Keyed(key)));
        router.Tell(new ConsistentHashableEnvelope("end", 0), TestActor);
        AwaitRest();
        Assert.All(before, pair =>
        {
            var after = Owner(router, new Keyed(pair.Key));
            if (pair.Value == before[0])
            {
                Assert.NotEqual(before[0], after);
            }
            else
            {
                Assert.Equal(pair.Value, after);
            }
        });
    }

    [Fact]
    public void ConsistentHashing_NoKey_ExpectTheMessageIsNotLostSilently()
    {
        var dead = Listen<AllDeadLetters>();
        var warnings = Listen<Warning>();
        var router = Sys.ActorOf(new ConsistentHashingPool(3).Props(Routee));
        router.Tell("no key", TestActor);
        AwaitRest();
        Assert.True(dead.HasMessages || warnings.HasMessages, "neither a dead letter nor a warning");
        ExpectNoMsg();
    }

    private string Owner(IActorRef router, object message)
    {
        router.Tell(message, TestActor);
        return ExpectMsg<string>();
    }

    private sealed record Keyed(object Key) : IConsistentHashable
    {
        public object ConsistentHashKey => Key;
    }

    private sealed record Plain(string Key);
}
