using Akka.Actor;
using Akka.Streams.TestKit;
using Diabetes.Amqp.Tests.Support;

namespace Diabetes.Amqp.Tests.Stages;

/// <summary>Tests the source with a consumer that delivers and stops when the test says.</summary>
public sealed class AmqpSourceStageTests()
    : AmqpTest("one-thread { type = ForkJoinDispatcher, throughput = 1, dedicated-thread-pool.thread-count = 1 }")
{
    private readonly ScriptedConnection _scripted = new();
    private readonly ScriptedChannel _channel = new();

    protected override AmqpConnection Connection => _scripted;

    private ScriptedConsumer Consumer => _scripted.Consumer;

    [Fact]
    public async Task Source_Pulled_HandsOutWhatHasArrivedSinceAtMost256()
    {
        var (_, probe) = Run();
        await Consumer.DeliverAsync(_channel, 0, 600);
        var sizes = new[] { probe.RequestNext().Length, probe.RequestNext().Length, probe.RequestNext().Length };
        Assert.Equal([256, 256, 88], sizes);

        probe.Request(1);
        await Consumer.DeliverAsync(_channel, 600, 1);
        Assert.Equal("600", Assert.Single(probe.ExpectNext()).Payload);
    }

    [Fact]
    public async Task Source_WhatWaitsOfALostChannel_IsDropped()
    {
        var (_, probe) = Run();
        await Consumer.DeliverAsync(_channel, 0, 300);
        Assert.Equal(256, probe.RequestNext().Length);

        var next = new ScriptedChannel();
        await Consumer.DeliverAsync(next, 1000, 2);

        var again = probe.RequestNext();
        Assert.Equal(["1000", "1001"], again.Select(static delivery => delivery.Payload));
        again[1].Commit();
        Assert.Equal([1001UL], next.Acked.All);
    }

    [Fact]
    public async Task Source_DeliveredOnAnotherThread_AllComeInOrder()
    {
        const int Messages = 200_000;
        var (_, all) = From(new QueueDeclaration("queue"))
            .Scan((Next: 0, Last: -1), static (seen, batch) => (seen.Next + batch.Length, Last(seen.Last, batch)))
            .TakeWhile(static seen => seen.Next < Messages, inclusive: true)
            .ToMaterialized(Sink.Last<(int Count, int Last)>(), Keep.Both)
            .Run(Streams);

        await Task.Run(async () =>
        {
            for (var first = 0; first < Messages; first += 100)
            {
                await Consumer.DeliverAsync(_channel, first, 100);
            }
        });

        Assert.Equal((Messages, Messages - 1), await all.WaitAsync(SafetyNet));

        static int Last(int last, ImmutableArray<CommittableMessage<string>> batch)
        {
            foreach (var delivery in batch)
            {
                Assert.Equal($"{++last}", delivery.Payload);
            }

            return last;
        }
    }

    [Fact]
    public async Task Control_StoppedBeforeTheStageHasStarted_StopsIt()
    {
        using var release = new ManualResetEventSlim();
        var streams = await BlockedAsync(release);
        var control = From(new QueueDeclaration("queue"))
            .ToMaterialized(Sink.Ignore<ImmutableArray<CommittableMessage<string>>>(), DrainingControl<Done>.Create)
            .Run(streams);

        var draining = control.DrainAndShutdown();
        var again = control.Stop();
        Assert.Equal(0, control.Unsettled);
        Assert.Empty(Consumer.Calls.All);
        release.Set();

        await draining.WaitAsync(SafetyNet);
        await again.WaitAsync(SafetyNet);
        Assert.Equal(["start", "stop", "leave"], Consumer.Calls.All);
    }

    [Fact]
    public async Task Control_ShutDownBeforeTheStageHasStarted_FailsTheStreamWithTheCause()
    {
        using var release = new ManualResetEventSlim();
        var streams = await BlockedAsync(release);
        var control = From(new QueueDeclaration("queue"))
            .ToMaterialized(Sink.Ignore<ImmutableArray<CommittableMessage<string>>>(), DrainingControl<Done>.Create)
            .Run(streams);

        var gone = control.Shutdown(new InvalidOperationException("never mind"));
        release.Set();

        await gone.WaitAsync(SafetyNet);
        await Assert.ThrowsAsync<InvalidOperationException>(() => control.StreamCompletion.WaitAsync(SafetyNet));
    }

    [Fact]
    public async Task Control_StoppedWhileTheConsumerStarts_CompletesTheStream()
    {
        Consumer.Start = new TaskCompletionSource().Task;
        var (control, probe) = Run();

        await control.Stop().WaitAsync(SafetyNet);

        probe.Request(1);
        probe.ExpectComplete();
        Assert.False(control.IsShutdown.IsCompleted);
        await control.Shutdown().WaitAsync(SafetyNet);
        Assert.Equal(["start", "stop", "leave"], Consumer.Calls.All);
    }

    [Fact]
    public async Task Control_ShutDownWhileItStops_EndsBoth()
    {
        Consumer.Stop = new TaskCompletionSource().Task;
        var (control, probe) = Run();
        probe.EnsureSubscription();

        var stopping = control.Stop();
        await control.Shutdown().WaitAsync(SafetyNet);

        await stopping.WaitAsync(SafetyNet);
        probe.ExpectComplete();
    }

    [Fact]
    public async Task Control_StreamEndsWhileItShutsDown_IsShutDownOnceTheConsumerIsGone()
    {
        var leave = new TaskCompletionSource();
        Consumer.Leave = leave.Task;
        var streams = Sys.Materializer(ActorMaterializerSettings.Create(Sys).WithDispatcher("one-thread"));
        var (control, probe) = From(new QueueDeclaration("queue"))
            .ToMaterialized(this.SinkProbe<ImmutableArray<CommittableMessage<string>>>(), Keep.Both)
            .Run(streams);
        probe.EnsureSubscription();
        var gone = control.Shutdown();
        await Consumer.Calls.WaitForAsync(2);

        probe.Cancel();

        // Runs on the same thread, so after the cancellation.
        await Source.Single(0).RunWith(Sink.Ignore<int>(), streams).WaitAsync(SafetyNet);
        Assert.False(gone.IsCompleted);
        leave.SetResult();

        await Task.WhenAll(gone, control.Stop()).WaitAsync(SafetyNet);
        Assert.Equal(["start", "leave"], Consumer.Calls.All);
    }

    [Fact]
    public async Task Consumer_Refused_FailsTheStreamAndIsGone()
    {
        Consumer.Start = Task.FromException(new AmqpRefusedException("no"));
        var (control, probe) = Run();

        Assert.IsType<AmqpRefusedException>(probe.ExpectSubscriptionAndError());
        await Task.WhenAll(control.IsShutdown, control.Stop(), control.Shutdown()).WaitAsync(SafetyNet);
        Assert.Equal(["start", "leave"], Consumer.Calls.All);
    }

    [Fact]
    public async Task Consumer_CannotLeave_TheControlSaysSoAllTheSame()
    {
        Consumer.Leave = Task.FromException(new IOException("gone"));
        var (control, probe) = Run();
        probe.EnsureSubscription();

        await control.Shutdown().WaitAsync(SafetyNet);

        probe.ExpectComplete();
    }

    [Fact]
    public async Task Delivery_ComesAfterTheStreamIsStopped_IsLeftUnsettled()
    {
        var (control, probe) = Run();
        probe.EnsureSubscription();
        await control.Stop().WaitAsync(SafetyNet);
        probe.Request(1);
        probe.ExpectComplete();

        await Consumer.DeliverAsync(_channel, 0, 1);

        await control.Shutdown().WaitAsync(SafetyNet);
        Assert.Empty(_channel.Acked.All);
    }

    private (IControl Control, TestSubscriber.Probe<ImmutableArray<CommittableMessage<string>>> Probe) Run() =>
        From(new QueueDeclaration("queue"))
        .ToMaterialized(this.SinkProbe<ImmutableArray<CommittableMessage<string>>>(), Keep.Both).Run(Streams);

    /// <summary>Runs streams on a dispatcher with one thread, which an actor blocks until it is released.</summary>
    private async Task<IMaterializer> BlockedAsync(ManualResetEventSlim release)
    {
        var streams = Sys.Materializer(ActorMaterializerSettings.Create(Sys).WithDispatcher("one-thread"));
        await Source.Single(0).RunWith(Sink.Ignore<int>(), streams).WaitAsync(SafetyNet);
        var blocked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Sys.ActorOf(Props.Create(() => new Blocker(blocked, release)).WithDispatcher("one-thread"));
        await blocked.Task.WaitAsync(SafetyNet);
        return streams;
    }

    private sealed class Blocker : UntypedActor
    {
        private readonly TaskCompletionSource _blocked;
        private readonly ManualResetEventSlim _release;

        public Blocker(TaskCompletionSource blocked, ManualResetEventSlim release) => (_blocked, _release) = (blocked, release);

        protected override void PreStart()
        {
            _blocked.SetResult();
            _release.Wait();
        }

        protected override void OnReceive(object message) => Unhandled(message);
    }
}
