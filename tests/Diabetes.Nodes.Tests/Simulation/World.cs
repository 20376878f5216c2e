using Diabetes.Domain.Joining;
using Diabetes.Metric.Correlators;

namespace Diabetes.Nodes.Tests.Simulation;

/// <summary>
/// Runs one seed: queues, a store, and a node that lives and crashes again and again until all is quiet. Everything depends only on the
/// scenario and the seed: there is no thread, no clock and no hash of an object.
/// </summary>
internal sealed class World
{
    private readonly TimeSpan _limit;
    private int _unpublished;
    private int _lingering;
    private (int Crashes, int Drains, int Cuts, int Faults, int BucketStops) _left;
    private TimeSpan _lastTrouble;
    private TimeSpan _lastLook;
    private Life? _life;
    private bool _ended;

    public World(Scenario scenario, int seed, bool traced)
    {
        (Scenario, Random) = (scenario, new Random(seed));
        Agenda = new Agenda(Random);
        Trace = traced ? new Trace(Agenda) : null;
        (Store, Settlements) = (new StoreContents(this), new Settlements(this));
        Queues = [new SimulatedQueue(this, Message.QueueOf(PairSide.YTrue)), new SimulatedQueue(this, Message.QueueOf(PairSide.YPred))];
        _left = (scenario.Crashes, scenario.Drains, scenario.Cuts, scenario.Faults, scenario.BucketStops);
        _unpublished = scenario.Messages.Count;
        _limit = scenario.TroubleEnds + scenario.Messages.Select(message => message.At)
            .DefaultIfEmpty().Max() + scenario.OrphanAfter + TimeSpan.FromMinutes(1);
    }

    public Scenario Scenario { get; }

    public Random Random { get; }

    public Agenda Agenda { get; }

    public Trace? Trace { get; }

    public StoreContents Store { get; }

    /// <summary>The production store that runs beside the simulated one; null if there is none.</summary>
    public StoreTwin? Twin { get; init; }

    public Settlements Settlements { get; }

    public SimulatedQueue[] Queues { get; }

    /// <summary>The stages of the present life, one for each queue.</summary>
    public List<IActorRef> Stages { get; } = [];

    /// <summary>The quarantine file.</summary>
    public SimulatedLetters File { get; } = new();

    /// <summary>The set-aside messages of both queues.</summary>
    public SimulatedLetters Letters { get; } = new();

    /// <summary>The first guarantee that was broken; null if none was.</summary>
    public string? Failure { get; private set; }

    /// <summary>True if a message was delivered twice.</summary>
    public bool WasDisturbed { get; private set; }

    private bool IsTroubled => Agenda.Now < Scenario.TroubleEnds;

    /// <returns>The guarantee that was broken; null if none was.</returns>
    public string? Run()
    {
        // An await in an actor uses the actor's scheduler only if there is no synchronization context, and the test runner has one with its
        // own threads.
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            return RunToItsEnd();
        }
        finally
        {
            _life?.End();
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    private string? RunToItsEnd()
    {
        foreach (var message in Scenario.Messages)
        {
            Agenda.After(message.At, null, () =>
            {
                _unpublished--;
                Queues[(int)message.Side].Publish(message);
            });
        }

        Begin();
        while (Failure is null && !_ended)
        {
            Agenda.Step();
            Disturb();
            Look();
        }

        return Failure ?? FinalCheck.Of(this) ?? Twin?.Difference(Store);
    }

    public void Fail(string what)
    {
        Failure ??= what;
        Trace?.Add($"FAILS: {what}");
    }

    public TimeSpan Latency() => TimeSpan.FromMilliseconds(Random.Next(3) == 0 ? 0 : Random.Next(1, 20));

    public void RefuseNowAndThen(Func<Exception> refusal)
    {
        if (IsTroubled
            && (Random.NextDouble() < Scenario.RefusedShare || (Agenda.Now >= Scenario.OutageBegins && Agenda.Now < Scenario.OutageEnds)))
        {
            _lastTrouble = Agenda.Now;
            Trace?.Add("refused");
            throw refusal();
        }
    }

    /// <summary>Throws an unexpected exception at random.</summary>
    public void FailNowAndThen()
    {
        if (_left.Faults > 0 && IsTroubled && Random.Next(100) == 0)
        {
            _left.Faults--;
            Trace?.Add("fault");
            throw new SimulatedFault();
        }
    }

    /// <summary>Decides at random, once in <paramref name="times"/>, whether the fault of this run comes about now.</summary>
    public bool Mutates(Mutant mutant, int times) => Scenario.Mutant == mutant && Random.Next(times) == 0;

    /// <summary>Decides at random whether a message between actors gets lost now.</summary>
    public bool Loses(string what)
    {
        var loses = Scenario.LosesMessages && IsTroubled && Random.Next(20) == 0;
        if (loses)
        {
            _lastTrouble = Agenda.Now;
            Trace?.Add($"{what} is lost");
        }

        return loses;
    }

    /// <summary>Tells whether anything was refused or lost in the last <paramref name="time"/>.</summary>
    public bool WasTroubledIn(TimeSpan time) => Agenda.Now - _lastTrouble <= time + TimeSpan.FromSeconds(1);

    /// <summary>Ends the node by itself in the middle of its work.</summary>
    public void Failed(Life life) => Agenda.Do(life, () => Crash(life));

    /// <summary>Completes a commit that nobody waits for any more.</summary>
    public void Linger(Deed deed)
    {
        _lingering++;
        Agenda.After(TimeSpan.FromMilliseconds(Random.Next(2) * Random.Next(3000)), null, () =>
        {
            _lingering--;
            deed.Run();
        });
    }

    /// <summary>Called when the node has ended by itself.</summary>
    public void Drained(DrainResult result)
    {
        Trace?.Add("drained");
        WasDisturbed |= result.Unsettled > 0;
        _life = null;
        _ended = IsQuiet();
        Rise();
    }

    /// <summary>Returns how often a store counts a message: ground truth once for each model.</summary>
    public int WeightOf(Message message) => message is { Side: PairSide.YTrue, Id: not null } ? Math.Max(1, Scenario.Models.Count) : 1;

    private void Begin()
    {
        Trace?.Add("starts");
        Twin?.Reopen();
        Stages.Clear();
        _life = new Life(this);
    }

    private void Rise() => Agenda.After(TimeSpan.FromMilliseconds(Random.Next(1000)), null, Begin);

    private void Disturb()
    {
        if (_life is not { } life)
        {
            return;
        }

        if (_left.Crashes > 0 && IsTroubled && Random.Next(200) == 0)
        {
            Crash(life);
        }
        else if (_left.Cuts > 0 && IsTroubled && Random.Next(200) == 0)
        {
            Cut();
        }
        else if (!life.IsDraining && ((_left.Drains > 0 && IsTroubled && Random.Next(300) == 0) || IsQuiet()))
        {
            Trace?.Add("drains");
            _left.Drains--;
            life.Drain();
        }
        else if (_left.BucketStops > 0 && IsTroubled && Random.Next(200) == 0)
        {
            StopBucket(life);
        }
        else if (Random.Next(50) == 0)
        {
            life.LookAtBuckets();
        }
    }

    private void Crash(Life life)
    {
        Trace?.Add("CRASH");
        _left.Crashes--;
        WasDisturbed = true;
        life.Crash();
        _life = null;
        Rise();
    }

    private void StopBucket(Life life)
    {
        Trace?.Add("a bucket stops");
        _left.BucketStops--;
        _lastTrouble = Agenda.Now;
        life.StopBucket();
    }

    private void Cut()
    {
        var queue = Queues[Random.Next(Queues.Length)];
        Trace?.Add($"cut of {queue.Name}");
        _left.Cuts--;
        WasDisturbed = true;
        queue.Cut();
    }

    /// <summary>Checks that everything arrived and was acked, and that all overdue halves became orphans.</summary>
    private bool IsQuiet() => !IsTroubled && _unpublished == 0 && _lingering == 0
        && Array.TrueForAll(Queues, static queue => queue.IsEmpty)
        && Store.Counts is { YTrue.Pending: 0, YPred.Pending: 0 };

    private void Look()
    {
        if (Agenda.Now > _limit)
        {
            Fail($"Not at rest at {Agenda.Now}: {_unpublished} unpublished, {Queues.Sum(queue => queue.Held.Count())} unsettled, "
                + $"{Store.Counts}");
        }

        if (Agenda.Now - _lastLook < TimeSpan.FromMilliseconds(100))
        {
            return;
        }

        _lastLook = Agenda.Now;
        var patience = Scenario.SpillAfter + OfferSettings.Patience + TimeSpan.FromSeconds(5);
        if (Agenda.Now - _lastTrouble > patience && Queues.SelectMany(queue => queue.Held)
            .FirstOrDefault(held => Agenda.Now - held.At > patience) is { Message: { } message, At: var at })
        {
            Fail($"{message} was handed out at {at} and is not settled at {Agenda.Now}: the queue's prefetch starves.");
        }
    }
}
