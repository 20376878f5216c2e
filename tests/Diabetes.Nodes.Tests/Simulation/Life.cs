using Diabetes.Actors;
using Diabetes.Domain;
using Diabetes.Hosting;
using Diabetes.Metric;
using Diabetes.Streams;
using Diabetes.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Half = Diabetes.Domain.Half;

namespace Diabetes.Nodes.Tests.Simulation;

/// <summary>One life of the metric node, from its start to its drain or its crash: the actors that run in production, on a clock, a broker and a store that do not.</summary>
internal sealed class Life
{
    private static readonly WireCodec Codec = new(new WireOptions());
    private readonly World _world;
    private readonly SimulatedTime _time;
    private readonly SimulatedStore _store;
    private readonly SimulatedSource[] _sources;
    private readonly LifeActors _actors;
    private readonly IActorRef _witness;
    private readonly IActorRef _drainer;

    public Life(World world)
    {
        (_world, _time, _store) = (world, new SimulatedTime(world.Agenda, this), new SimulatedStore(world, this));
        var system = ActorSystem.Create("node", TestKit.SetupOn(_time, step => world.Agenda.Do(this, step)));
        var (scenario, drained) = (world.Scenario, (Action<DrainResult>)Drained);
        var most = (1 + scenario.Cuts) * 2 * scenario.Prefetch;
        _witness = system.ActorOf(Props.Create(() => new Witness(world, most)));
        _sources = [Source(Side.YTrue, Codec.ReadYTrue), Source(Side.YPred, Codec.ReadYPred)];
        var actors = _actors = Wire(system, scenario);
        _drainer = system.ActorOf(Props.Create(() => new Drainer(actors, drained)));
    }

    /// <summary>The process has ended: nothing of it happens any more.</summary>
    public bool IsOver { get; private set; }

    public bool IsDraining { get; private set; }

    /// <summary>What the node reads in a message.</summary>
    public static Decoded<Half> Read(Message message) => message.Side == Side.YTrue ? Codec.ReadYTrue(message.Body) : Codec.ReadYPred(message.Body);

    /// <summary>Everything stops where it is.</summary>
    public void Crash()
    {
        IsOver = true;
        _store.Crash();
        Array.ForEach(_sources, static source => source.Crash());
    }

    public void Drain()
    {
        IsDraining = true;
        _drainer.Tell(Drainer.Begin.Instance);
    }

    /// <summary>Has a shard say to the witness how much it holds.</summary>
    public void LookAtShard() => _actors.Shards[_world.Random.Next(_actors.Shards.Length)].Tell(ShardProtocol.GetTally.Instance, _witness);

    private void Drained(DrainResult result)
    {
        IsOver = true;
        if (result.Fault(_store.Rows) is { } fault)
        {
            _world.Fail(fault);
        }

        _world.Drained(result);
    }

    private SimulatedSource Source(Side side, Decoder<Decoded<Half>> decode)
    {
        var queue = _world.Queues[(int)side];
        return new SimulatedSource(_world, this, queue, new QueueSpec(queue.Name, Prefetch: (ushort)_world.Scenario.Prefetch), decode);
    }

    private LifeActors Wire(ActorSystem system, Scenario scenario)
    {
        var (world, time, store, logger) = (_world, _time, _store, NullLogger.Instance);
        var (broker, file) = (new SimulatedBroker(world, this), new SimulatedQuarantine(world));
        var histogram = system.ActorOf(Props.Create(() => new HistogramActor()));
        var letters = system.ActorOf(Props.Create(() => new DeadLettersActor(broker, 1000, time, logger, CancellationToken.None)));
        var quarantine = system.ActorOf(Props.Create(() => new QuarantineActor(file, letters, time, logger)));
        var plan = new JoinPlan(ExpectedModels.Of(scenario.Models), new CommitPolicy(scenario.CommitInterval, scenario.CommitRows), scenario.OrphanAfter, time) { SweepLimit = scenario.SweepLimit };
        var peers = new JoinPeers(histogram, quarantine, Message.QueueOf(Side.YTrue), Message.QueueOf(Side.YPred), logger);
        var joiner = system.ActorOf(Props.Create(() => new JoinActor(store, plan, peers)));
        var spillAfter = scenario.SpillAfter;
        var shard = Props.Create(() => new ShardActor(joiner, spillAfter, time));
        IActorRef[] shards = [.. Enumerable.Range(0, scenario.Shards).Select(_ => system.ActorOf(shard))];
        IActorRef[] unreadable = [Unreadable(Side.YTrue), Unreadable(Side.YPred)];
        return new LifeActors(shards, unreadable, [Consume(Side.YTrue), Consume(Side.YPred)], joiner, histogram, quarantine, letters);

        IActorRef Unreadable(Side side) => system.ActorOf(Props.Create(() => new UnreadableActor(side, joiner)));

        IActorRef Consume(Side side)
        {
            var source = _sources[(int)side];
            Func<Delivery<Decoded<Half>>, IActorRef> route = delivery => delivery.Payload.IsRead
                ? shards[(int)(delivery.Payload.Value.Id.Key.StableHash64 % (ulong)shards.Length)] : unreadable[(int)side];
            return system.ActorOf(Props.Create(() => new SourceActor<Decoded<Half>>(source, route, logger)));
        }
    }
}
