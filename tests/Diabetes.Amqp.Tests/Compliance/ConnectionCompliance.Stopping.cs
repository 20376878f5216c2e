using Akka.Streams.TestKit;
using Diabetes.Amqp.Tests.Support;

namespace Diabetes.Amqp.Tests.Compliance;

public abstract partial class ConnectionCompliance
{
    [Fact]
    public async Task Source_Stopped_HandsOutNoMoreAndStillSettles()
    {
        var queue = NewQueue();
        var inbox = new Inbox();
        var control = Consume(queue, inbox);
        await PublishAsync(queue, Numbers(0, 4));
        var held = await inbox.WaitForAsync(4);

        await control.Stop().WaitAsync(SafetyNet);
        await control.StreamCompletion.WaitAsync(SafetyNet);
        await PublishAsync(queue, Numbers(4, 4));
        await RoundTripAsync();
        Assert.Equal(4, inbox.All.Count);

        held[0].Commit();
        held[2].Commit();
        await control.Shutdown().WaitAsync(SafetyNet);
        var next = new Inbox();
        Consume(queue, next);
        await next.WaitForAsync(6);
        await RoundTripAsync();
        Assert.Equal(["1", "3", "4", "5", "6", "7"], next.Payloads);
    }

    [Fact]
    public async Task Source_StoppedWithMessagesThatNobodyPulled_HandsThemOutAndThenCompletes()
    {
        var queue = NewQueue();
        await PublishAsync(queue, Numbers(0, 3));
        var (control, probe) = From(queue)
            .ToMaterialized(this.SinkProbe<ImmutableArray<CommittableMessage<string>>>(), Keep.Both).Run(Streams);
        probe.EnsureSubscription();
        await DepthAsync(queue, messages: 0, consumers: 1);

        await control.Stop().WaitAsync(SafetyNet);

        var waiting = probe.RequestNext();
        Assert.Equal(Numbers(0, 3), waiting.Select(static delivery => delivery.Payload));
        probe.ExpectComplete();
        Assert.All(waiting, static delivery => delivery.Commit());
        await control.Shutdown().WaitAsync(SafetyNet);
        await DepthAsync(queue, messages: 0, consumers: 0);
    }

    [Fact]
    public async Task Source_StoppedAndShutDownAgainAndAgain_IsDoneOnce()
    {
        var queue = NewQueue();
        var inbox = Inbox.Committing();
        var control = Consume(queue, inbox);
        await PublishAsync(queue, ["0"]);
        await inbox.WaitForAsync(1);

        await Task.WhenAll(control.Stop(), control.Stop()).WaitAsync(SafetyNet);
        await control.Stop().WaitAsync(SafetyNet);
        Assert.False(control.IsShutdown.IsCompleted);
        await Task.WhenAll(control.Shutdown(), control.Stop(), control.Shutdown(new InvalidOperationException("too late")))
            .WaitAsync(SafetyNet);
        await Task.WhenAll(control.Stop(), control.Shutdown(), control.IsShutdown).WaitAsync(SafetyNet);

        await control.StreamCompletion.WaitAsync(SafetyNet);
        Assert.Equal(0, control.Unsettled);
        await DepthAsync(queue, messages: 0, consumers: 0);
    }

    [Fact]
    public async Task Source_StreamFails_GivesItsDeliveriesBackAtOnce()
    {
        var queue = NewQueue();
        await PublishAsync(queue, Numbers(0, 5));
        var control = Consume(queue, new Inbox(static _ => throw new InvalidOperationException("downstream")));

        await Assert.ThrowsAsync<InvalidOperationException>(() => control.StreamCompletion.WaitAsync(SafetyNet));
        await control.IsShutdown.WaitAsync(SafetyNet);

        await DepthAsync(queue, messages: 5, consumers: 0);
        await control.Stop().WaitAsync(SafetyNet);
    }

    [Fact]
    public async Task Source_StreamFailsAfterTheStop_GivesItsDeliveriesBackAtOnce()
    {
        var queue = NewQueue();
        await PublishAsync(queue, Numbers(0, 5));
        var fail = new TaskCompletionSource<ImmutableArray<CommittableMessage<string>>>(TaskCreationOptions.RunContinuationsAsynchronously);
        var (control, end) = From(queue)
            .SelectAsync(1, _ => fail.Task)
            .ToMaterialized(Sink.Ignore<ImmutableArray<CommittableMessage<string>>>(), Keep.Both)
            .Run(Streams);
        await DepthAsync(queue, messages: 0, consumers: 1);
        await control.Stop().WaitAsync(SafetyNet);

        fail.SetException(new InvalidOperationException("downstream"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => control.DrainAndShutdown(end).WaitAsync(SafetyNet));
        await DepthAsync(queue, messages: 5, consumers: 0);
    }

    [Fact]
    public async Task Source_DownstreamCancels_GivesItsDeliveriesBackAtOnce()
    {
        var queue = NewQueue();
        await PublishAsync(queue, Numbers(0, 5));
        var (control, probe) = From(queue, prefetch: 3)
            .ToMaterialized(this.SinkProbe<ImmutableArray<CommittableMessage<string>>>(), Keep.Both).Run(Streams);
        var held = probe.RequestNext();

        probe.Cancel();

        await control.IsShutdown.WaitAsync(SafetyNet);
        await DepthAsync(queue, messages: 5, consumers: 0);
        held[0].Commit();
        await DepthAsync(queue, messages: 5, consumers: 0);
    }

    [Fact]
    public async Task Source_ShutDownWithACause_FailsTheStream()
    {
        var control = Consume(NewQueue(), new Inbox());

        await control.Shutdown(new InvalidOperationException("enough")).WaitAsync(SafetyNet);

        await Assert.ThrowsAsync<InvalidOperationException>(() => control.StreamCompletion.WaitAsync(SafetyNet));
    }

    [Fact]
    public async Task Source_StreamsEndAbruptly_TheConsumerLeavesAllTheSame()
    {
        var queue = NewQueue();
        await PublishAsync(queue, Numbers(0, 2));
        var streams = Sys.Materializer(namePrefix: "short-lived");
        var inbox = new Inbox();
        var control = From(queue).To(Sink.ForEach<ImmutableArray<CommittableMessage<string>>>(inbox.Receive)).Run(streams);
        await inbox.WaitForAsync(2);

        ((ActorMaterializer)streams).Shutdown();

        await control.IsShutdown.WaitAsync(SafetyNet);
        await DepthAsync(queue, messages: 2, consumers: 0);
    }

    [Fact]
    public async Task DrainAndShutdown_DeliveriesUnderWay_AreSettledBeforeTheChannelCloses()
    {
        var queue = NewQueue();
        await PublishAsync(queue, Numbers(0, 1000));
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var control = From(queue)
            .SelectAsync(1, async batch =>
            {
                await release.Task;
                return ImmutableArray<ICommittable>.CastUp(batch);
            })
            .ToMaterialized(Committer.Sink(), DrainingControl<Done>.Create)
            .Run(Streams);
        await DepthAsync(queue, messages: 0, consumers: 1);

        var draining = control.DrainAndShutdown();
        Assert.False(draining.IsCompleted);
        release.SetResult();

        await draining.WaitAsync(SafetyNet);
        Assert.True(control.IsShutdown.IsCompletedSuccessfully);
        await DepthAsync(queue, messages: 0, consumers: 0);
    }

    [Fact]
    public async Task Source_OfOneBlueprint_CanBeRunAgain()
    {
        var queue = NewQueue();
        var (first, second) = (Inbox.Committing(), Inbox.Committing());
        var source = From(queue);
        var control = source.To(Sink.ForEach<ImmutableArray<CommittableMessage<string>>>(first.Receive)).Run(Streams);
        await PublishAsync(queue, ["0"]);
        await first.WaitForAsync(1);
        await control.Shutdown().WaitAsync(SafetyNet);

        source.To(Sink.ForEach<ImmutableArray<CommittableMessage<string>>>(second.Receive)).Run(Streams);
        await PublishAsync(queue, ["1"]);

        Assert.Equal("1", Assert.Single(await second.WaitForAsync(1)).Payload);
    }
}
