namespace Diabetes.Actors.Tests;

/// <summary>
/// A cell that runs for the first time and is told its first message meanwhile: the slot fills while the run makes up its mind whether there is anything to do.
/// Correlators live so, an actor an id.
/// </summary>
[Collection(nameof(StressCollection))]
public sealed class NewbornStressTests : IDisposable
{
    private const int Children = 3_000_000;
    private static readonly TimeSpan SafetyNet = TimeSpan.FromSeconds(120);

    private readonly ActorSystem _system = ActorSystem.Create("newborns");

    public void Dispose() => Assert.True(_system.Terminate().Wait(SafetyNet));

    [Fact]
    public void Child_ToldWhileItIsBorn_ExpectItHandlesBothOfItsMessages()
    {
        using var all = new CountdownEvent(Children);
        var parent = _system.ActorOf(Props.Create(() => new Nursery(all)));
        parent.Tell(Children, ActorRefs.NoSender);
        Assert.True(all.Wait(SafetyNet), $"{all.CurrentCount} of {Children} children wait for a message that was told them.");
    }

    private sealed class Nursery : UntypedActor
    {
        private const int Batch = 256;
        private const int MostAhead = 4 * Batch;
        private readonly Random _random = new(1);
        private readonly Props _child;
        private readonly CountdownEvent _all;

        public Nursery(CountdownEvent all)
        {
            _all = all;
            _child = Props.Create(() => new Child(all));
        }

        protected override void OnReceive(object message)
        {
            var left = (int)message;
            for (var i = 0; i < Batch && left > 0 && _all.CurrentCount - left < MostAhead; i++, left--)
            {
                var child = Context.ActorOf(_child);

                // About as long as it takes until another thread has begun with the child.
                Thread.SpinWait(_random.Next(60));
                child.Tell(1, Self);
                child.Tell(2, Self);
            }

            if (left > 0)
            {
                Self.Tell(left, Self);
            }
        }
    }

    private sealed class Child(CountdownEvent all) : UntypedActor
    {
        private int _heard;

        protected override void OnReceive(object message)
        {
            if (++_heard == 2)
            {
                all.Signal();
                Context.Stop(Self);
            }
        }
    }
}
