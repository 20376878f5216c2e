namespace Diabetes.Actors.Tests;

/// <summary>
/// Tells a probe its life and every message it gets: "name: what". Fails when told to. A <see cref="TestLatch"/> holds it in an asynchronous receive until
/// the latch opens, so that a test can fill its mailbox at leisure without blocking a thread.
/// </summary>
internal class Worker : ReceiveActor
{
    private readonly IActorRef _probe;
    private readonly string _name;

    public Worker(IActorRef probe, string name = "w")
    {
        _probe = probe;
        _name = name;
        Report("ctor");
        ReceiveAsync<TestLatch>(latch => latch.Opened);
        Receive<Fail>(fail => throw new BoomException(fail.Reason));
        ReceiveAny(message => Report(message));
    }

    public static Props Props(IActorRef probe, string name = "w") => Actors.Props.Create(() => new Worker(probe, name));

    protected override void PreStart() => Report("PreStart");

    protected override void PostStop() => Report("PostStop");

    protected override void PreRestart(Exception reason, object? message)
    {
        Report($"PreRestart({reason.Message})");
        base.PreRestart(reason, message);
    }

    protected override void PostRestart(Exception reason)
    {
        Report($"PostRestart({reason.Message})");
        base.PostRestart(reason);
    }

    protected void Report(object what) => _probe.Tell($"{_name}: {what}", Self);
}
