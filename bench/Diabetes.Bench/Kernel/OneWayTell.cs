using Diabetes.Actors;

namespace Diabetes.Bench.Kernel;

/// <summary>Producers outside the system tell one actor as fast as they can; done when it has handled the last message.</summary>
internal static class OneWayTell
{
    private static readonly object Message = new();

    public static Measured Run(ActorSystem system, int producers, int count) => Rounds.Compare(
        $"One-way Tell, {producers} producer{(producers == 1 ? string.Empty : "s")}",
        14,
        21,
        () =>
        {
            using var done = new CountdownEvent(1);
            var counter = new RawCounter(count, done);
            return Rounds.Time(count, () => Produce(producers, count, counter.Post, done));
        },
        () =>
        {
            using var done = new CountdownEvent(1);
            var counter = system.ActorOf(Props.Create(() => new Counter(count, done)));
            var rate = Rounds.Time(count, () => Produce(producers, count, message => counter.Tell(message, ActorRefs.NoSender), done));
            system.Stop(counter);
            return rate;
        });

    private static void Produce(int producers, int count, Action<object> tell, CountdownEvent done)
    {
        var threads = new Thread[producers];
        for (var p = 0; p < producers; p++)
        {
            threads[p] = new Thread(() =>
            {
                for (var i = 0; i < count / producers; i++)
                {
                    tell(Message);
                }
            });
            threads[p].Start();
        }

        done.Wait();
        foreach (var thread in threads)
        {
            thread.Join();
        }
    }

    private sealed class RawCounter(int count, CountdownEvent done) : RawMailbox
    {
        private int _handled;

        protected override void Handle(object message)
        {
            if (++_handled == count)
            {
                done.Signal();
            }
        }
    }

    private sealed class Counter(int count, CountdownEvent done) : UntypedActor
    {
        private int _handled;

        protected override void OnReceive(object message)
        {
            if (++_handled == count)
            {
                done.Signal();
            }
        }
    }
}
