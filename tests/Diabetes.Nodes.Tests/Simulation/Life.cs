using System.Diagnostics.CodeAnalysis;
using Diabetes.Amqp.Messages;
using Diabetes.Amqp.Settings;
using Diabetes.Domain.Joining;
using Diabetes.Domain.Wire;
using Diabetes.Hosting.Actors;
using Diabetes.Hosting.Quarantine;
using Diabetes.Hosting.Shutdown;
using Diabetes.Metric;
using Diabetes.Metric.Correlators;
using Diabetes.Metric.Report;
using Diabetes.Metric.Rows;
using Diabetes.Testing.Actors;
using Microsoft.Extensions.Logging.Abstractions;

namespace Diabetes.Nodes.Tests.Simulation;

/// <summary>
/// Runs one life of the metric node, from its start to its drain or crash: the production actors on a simulated clock, broker and store.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The simulated connection holds nothing.")]
internal sealed class Life
{
    private static readonly WireCodec Codec = new(new WireOptions());
    private readonly World _world;
    private readonly SimulatedTime _time;
    private readonly SimulatedStore _store;
    private readonly SimulatedConnection _connection;
    private readonly LifeActors _actors;
    private readonly EventStream _events;
    private readonly IActorRef _witness;
    private readonly IActorRef _drainer;

    public Life(World world)
    {
        (_world, _time, _store) = (world, new SimulatedTime(world.Agenda, this), new SimulatedStore(world, this));
        _connection = new SimulatedConnection(world, this);
        var context = StepSystem.Begin(_time, step => world.Agenda.Do(this, step));
        _events = context.System.EventStream;
        var (scenario, drained) = (world.Scenario, (Action<DrainResult>)Drained);
        var most = (1 + scenario.Cuts) * 2 * scenario.Prefetch;
        _witness = context.ActorOf(Props.Create(() => new Witness(world, this, most)));
        _events.Subscribe(_witness, typeof(LogEvent));
        _events.Subscribe(_witness, typeof(NodeFailed));
        var actors = _actors = Wire(context, scenario);
        _drainer = context.ActorOf(Props.Create(() => new Drainer(actors, drained)));
    }

    /// <summary>True once the process has ended; nothing of it runs after that.</summary>
    public bool IsOver { get; private set; }

    public bool IsDraining { get; private set; }

    /// <summary>Decodes a message as the node does.</summary>
    public static Decoded<PairHalf> Read(Message message) =>
        message.Side == PairSide.YTrue ? Codec.ReadYTrue(message.Body) : Codec.ReadYPred(message.Body);

    /// <summary>Crashes the node: everything stops where it is.</summary>
    public void Crash()
    {
        End();
        _store.Crash();
        _connection.Crash();
    }

    public void Drain()
    {
        IsDraining = true;
        _drainer.Tell(Drainer.Begin.Instance);
    }

    /// <summary>Makes the buckets report to the witness how much they hold.</summary>
    public void LookAtBuckets() => _actors.Correlators.Tell(BucketProtocol.GetTally.Instance, _witness);

    /// <summary>Stops a bucket and loses what it holds, as when a cluster moves it.</summary>
    public void StopBucket()
    {
        var buckets = ((ActorRefWithCell)_actors.Correlators).Children.OrderBy(bucket => bucket.Path.Name, StringComparer.Ordinal)
            .ToArray();
        if (buckets.Length > 0)
        {
            ((IInternalActorRef)buckets[_world.Random.Next(buckets.Length)]).Stop();
        }
    }

    /// <summary>Ends the life. Its actors receive nothing of the next life, which uses the same actor system.</summary>
    public void End()
    {
        IsOver = true;
        _events.Unsubscribe(_witness);
    }

    private void Drained(DrainResult result)
    {
        End();
        if (result.Fault(_store.Rows, _world.WasTroubledIn(Drainer.Timeout)) is { } fault)
        {
            _world.Fail(fault);
        }

        _world.Drained(result);
    }

    private LifeActors Wire(IActorContext context, Scenario scenario)
    {
        var (world, time, store, logger) = (_world, _time, _store, NullLogger.Instance);
        var histogram = new GivenActor<HistogramActor>(context.ActorOf(Props.Create(() => new HistogramActor())));
        var plan = new LedgerPlan(
            ExpectedModels.Of(scenario.Models),
            new CommitPolicy(scenario.CommitInterval, scenario.CommitRows),
            scenario.OrphanAfter,
            time,
            logger)
        {
            SweepLimit = scenario.SweepLimit,
        };
        var ledger = context.ActorOf(Props.Create(() => new LedgerActor(store, histogram, plan)));
        var (given, buckets, spillAfter) = (new GivenActor<LedgerActor>(ledger), scenario.Buckets, scenario.SpillAfter);
        var bucket = Props.Create(() => new BucketActor(given, spillAfter, time));
        var correlators = context.ActorOf(Props.Create(() => new BucketsActor(buckets, bucket)));
        return new LifeActors(
            correlators,
            [
                Run(PairSide.YTrue, static (in message) => Codec.ReadYTrue(message.Body)),
                Run(PairSide.YPred, static (in message) => Codec.ReadYPred(message.Body)),
            ],
            ledger,
            histogram.ActorRef);

        IActorRef Run(PairSide side, Decoder<Decoded<PairHalf>> decode)
        {
            var name = Message.QueueOf(side);
            var wire = context.ActorOf(Props.Create(() => new LossyWire(world, correlators, ledger)));
            var queue = NamedQueueSourceSettings.Create(_connection, new QueueDeclaration(name)).WithPrefetch((ushort)scenario.Prefetch);
            var offers = new OfferSettings(side, name, buckets, wire, wire, spillAfter, time);
            var quarantine = new QueueQuarantine(name, new SimulatedQuarantine(world), _connection, 1000, time, logger);
            var pipeline = MetricPipeline.Create(queue, decode, offers, quarantine);
            return context.ActorOf(Props.Create(() => new PipelineActor(name, pipeline)));
        }
    }
}
