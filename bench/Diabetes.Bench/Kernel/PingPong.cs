using Diabetes.Actors;

namespace Diabetes.Bench.Kernel;

/// <summary>Two actors send each other messages, a hundred of them in flight.</summary>
internal static class PingPong
{
    private static readonly object Message = new();

    public static Measured Run(ActorSystem system, int inFlight, int count) => Rounds.Compare(
        $"Ping-pong, {inFlight} in flight",
        14,
        21,
        () =>
        {
            using var done = new CountdownEvent(2);
            var ping = new RawPlayer(count / 2, done);
            var pong = new RawPlayer(count / 2, done) { Other = ping };
            ping.Other = pong;
            return Rounds.Time(count, () =>
            {
                for (var i = 0; i < inFlight; i++)
                {
                    ping.Post(Message);
                }

                done.Wait();
            });
        },
        () =>
        {
            using var done = new CountdownEvent(2);
            var ping = system.ActorOf(Props.Create(() => new Player(count / 2, done)));
            var pong = system.ActorOf(Props.Create(() => new Player(count / 2, done)));
            var rate = Rounds.Time(count, () =>
            {
                for (var i = 0; i < inFlight; i++)
                {
                    ping.Tell(Message, pong);
                }

                done.Wait();
            });
            system.Stop(ping);
            system.Stop(pong);
            return rate;
        });

    private sealed class RawPlayer(int count, CountdownEvent done) : RawMailbox
    {
        private int _left = count;

        public RawMailbox? Other { get; set; }

        protected override void Handle(object message)
        {
            if (_left > 0)
            {
                if (--_left == 0)
                {
                    done.Signal();
                }

                Other!.Post(message);
            }
        }
    }

    private sealed class Player(int count, CountdownEvent done) : UntypedActor
    {
        private int _left = count;

        protected override void OnReceive(object message)
        {
            if (_left > 0)
            {
                if (--_left == 0)
                {
                    done.Signal();
                }

                Sender.Tell(message, Self);
            }
        }
    }
}
