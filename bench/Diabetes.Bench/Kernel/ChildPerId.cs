using Diabetes.Actors;

namespace Diabetes.Bench.Kernel;

/// <summary>
/// What the metric node does all day: for each id an actor is created, gets two halves, tells the answer to another actor and stops. Between the two
/// halves of an id come the halves of so many others: they are the pending ones. Against a plain loop with a dictionary.
/// </summary>
internal static class ChildPerId
{
    private const int Batch = 256;

    public static Measured Run(ActorSystem system, int pending, int count, int warmUps, int rounds)
        => Rounds.Compare($"Child per id, {pending:N0} pending", warmUps, rounds, () => Loop(pending, count), () => Actors(system, pending, count));

    /// <summary>Bytes that a pending actor keeps alive, with its place in its shard's dictionary.</summary>
    public static double BytesPerPending(ActorSystem system, int pending)
    {
        using var done = new CountdownEvent(1);
        var before = Live();
        var shard = system.ActorOf(Props.Create(() => new Shard(pending, pending, done)));
        shard.Tell(new Fill(), ActorRefs.NoSender);
        done.Wait();
        var bytes = (double)(Live() - before) / pending;
        system.Stop(shard);
        return bytes;
    }

    private static long Live()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private static Sample Loop(int pending, int count)
    {
        var waiting = new Dictionary<long, Half>();
        var sum = 0.0;
        for (var id = 0L; id < pending; id++)
        {
            waiting.Add(id, new Half(id, id));
        }

        var rate = Rounds.Time(count, () =>
        {
            for (var id = (long)pending; id < pending + count; id++)
            {
                waiting.Add(id, new Half(id, id));
                var other = new Half(id - pending, 1);
                if (waiting.Remove(other.Id, out var half))
                {
                    sum += Math.Abs(other.Value - half.Value);
                }
            }
        });
        GC.KeepAlive(sum);
        return rate;
    }

    private static Sample Actors(ActorSystem system, int pending, int count)
    {
        using var filled = new CountdownEvent(1);
        using var done = new CountdownEvent(1);
        var shard = system.ActorOf(Props.Create(() => new Shard(pending, count, filled)));
        shard.Tell(new Fill(), ActorRefs.NoSender);
        filled.Wait();
        var rate = Rounds.Time(count, () =>
        {
            shard.Tell(new Go(done), ActorRefs.NoSender);
            done.Wait();
        });
        using var gone = new CountdownEvent(1);
        shard.GracefulStop(TimeSpan.FromMinutes(1)).Wait();
        return rate;
    }

    private sealed record Half(long Id, double Value);

    private sealed record Fill;

    private sealed record Go(CountdownEvent Done);

    private sealed record Next;

    private sealed record Answer(long Id, double Error);

    /// <summary>Makes the halves, finds or creates the actor of each, and passes them on; a batch at a time, no more than a few ahead of the answers.</summary>
    private sealed class Shard : UntypedActor
    {
        private static readonly Next Continue = new();
        private readonly Dictionary<long, IActorRef> _children = [];
        private readonly int _pending;
        private readonly int _count;
        private readonly CountdownEvent _filled;
        private readonly IActorRef _sink;
        private readonly Props _props;
        private long _next;

        public Shard(int pending, int count, CountdownEvent filled)
        {
            _pending = pending;
            _count = count;
            _filled = filled;
            _sink = Context.ActorOf(Props.Create(() => new Sink(Self, count)));
            _props = Props.Create(() => new Correlator(_sink));
        }

        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case Fill:
                    for (var i = 0; i < 1024 && _next < _pending; i++)
                    {
                        First(_next++);
                    }

                    if (_next < _pending)
                    {
                        Self.Tell(message, Self);
                    }
                    else
                    {
                        // Behind the last child's first message.
                        _children[_next - 1].Tell(new Ping(_filled), Self);
                    }

                    break;
                case Go go:
                    _sink.Tell(go, Self);
                    for (var i = 0; i < 8; i++)
                    {
                        Self.Tell(Continue, Self);
                    }

                    break;
                case Next:
                    for (var i = 0; i < Batch && _next < _pending + _count; i++)
                    {
                        First(_next);
                        Second(_next++ - _pending);
                    }

                    break;
            }
        }

        private void First(long id)
        {
            var child = Context.ActorOf(_props);
            _children.Add(id, child);
            child.Tell(new Half(id, id), Self);
        }

        private void Second(long id)
        {
            if (_children.Remove(id, out var child))
            {
                child.Tell(new Half(id, 1), Self);
            }
        }
    }

    private sealed record Ping(CountdownEvent Filled);

    private sealed class Correlator(IActorRef sink) : UntypedActor
    {
        private bool _waiting;
        private long _id;
        private double _value;

        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case Half half when !_waiting:
                    (_waiting, _id, _value) = (true, half.Id, half.Value);
                    break;
                case Half half:
                    sink.Tell(new Answer(_id, Math.Abs(half.Value - _value)), Self);
                    Context.Stop(Self);
                    break;
                case Ping ping:
                    ping.Filled.Signal();
                    break;
            }
        }
    }

    private sealed class Sink(IActorRef shard, int count) : UntypedActor
    {
        private int _answers;
        private CountdownEvent? _done;

        protected override void OnReceive(object message)
        {
            if (message is Go go)
            {
                _done = go.Done;
            }
            else if (++_answers == count)
            {
                _done!.Signal();
            }
            else if (_answers % Batch == 0)
            {
                shard.Tell(Shard_Continue, Self);
            }
        }

        private static readonly Next Shard_Continue = new();
    }
}
