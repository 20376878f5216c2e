using Diabetes.Amqp.Tests.Support;

namespace Diabetes.Amqp.Tests.Compliance;

/// <summary>Checks what the stages guarantee on every connection. Each connection has one class that runs all of these tests.</summary>
public abstract partial class ConnectionCompliance : AmqpTest
{
    [Fact]
    public async Task Broker_Disposed_IsClosed()
    {
        await RoundTripAsync();
        Assert.Equal(AmqpConnectionState.Connected, Connection.State);

        await Connection.DisposeAsync();

        Assert.Equal(AmqpConnectionState.Closed, Connection.State);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => PublishAsync(NewQueue(), ["late"]));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => Consume(NewQueue(), new Inbox()).StreamCompletion.WaitAsync(SafetyNet));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await Connection.InspectAsync(NewQueue().Name, None));
    }

    [Theory]
    [InlineData("with a space")]
    [InlineData("team/a.b#c?d[e]%2F€")]
    public async Task Queue_OfAnyName_WorksBothWays(string name)
    {
        var queue = NewQueue();
        queue = queue with { Name = $"{queue.Name} {name}" };
        var inbox = Inbox.Committing();

        // Each stage runs in its own actor, which has the stage's name.
        var control = From(queue).Async().To(Sink.ForEach<ImmutableArray<CommittableMessage<string>>>(inbox.Receive)).Run(Streams);
        await Source.Single(ImmutableArray.Create(new Publication<string, int>("there", 0)))
            .Via(AmqpFlow.WithConfirm<string, int>(AmqpSinkSettings.Create(Connection, queue), Encode).Async())
            .RunWith(Sink.Ignore<ImmutableArray<int>>(), Streams)
            .WaitAsync(SafetyNet);

        await inbox.WaitForAsync(1);
        await control.Shutdown().WaitAsync(SafetyNet);
    }
}
