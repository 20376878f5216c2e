using Diabetes.Actors;
using Diabetes.Hosting;
using Diabetes.Streams;
using Diabetes.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Diabetes.Nodes.Tests.Bridge;

public sealed class SourceActorTests : TestKit
{
    private static readonly QueueSpec Queue = new("numbers");
    private readonly InProcessBroker _broker = new(new InProcessBrokerOptions());
    private readonly ISink<byte> _sink;
    private readonly TestProbe _even;
    private readonly TestProbe _odd;
    private readonly IActorRef _actor;

    public SourceActorTests()
    {
        _sink = _broker.Sink<byte>(Queue, (number, body) => System.Buffers.BuffersExtensions.Write(body, [number]));
        (_even, _odd) = (CreateTestProbe(), CreateTestProbe());
        var source = _broker.Source(Queue, body => body[0]);
        var (even, odd) = (_even.Ref, _odd.Ref);
        _actor = ActorOf(Props.Create(() => new SourceActor<byte>(source, delivery => delivery.Payload % 2 == 0 ? even : odd, NullLogger.Instance)));
    }

    [Fact]
    public async Task Deliveries_GoWhereTheRouteSays()
    {
        await SendAsync(1, 2, 3);
        Assert.Equal(1, _odd.ExpectMsg<Delivery<byte>>().Payload);
        Assert.Equal(3, _odd.ExpectMsg<Delivery<byte>>().Payload);
        Assert.Equal(2, _even.ExpectMsg<Delivery<byte>>().Payload);
    }

    [Fact]
    public async Task Drain_LaterMessages_StayInTheQueue()
    {
        _actor.Tell(SourceProtocol.Drain.Instance, TestActor);
        ExpectMsg<SourceProtocol.Drained>();
        await SendAsync(1);
        _odd.ExpectNoMsg();
    }

    [Fact]
    public async Task Close_Unsettled_CountsThemAndTheyComeAgain()
    {
        await SendAsync(1);
        _odd.ExpectMsg<Delivery<byte>>();
        _actor.Tell(SourceProtocol.GetState.Instance, TestActor);
        Assert.Equal(new SourceProtocol.State("numbers", 1), ExpectMsg<SourceProtocol.State>());

        Watch(_actor);
        _actor.Tell(SourceProtocol.Close.Instance, TestActor);
        Assert.Equal(1, ExpectMsg<SourceProtocol.Closed>().Unsettled);
        ExpectTerminated(_actor);

        await using var again = _broker.Source(Queue, body => body[0]);
        await again.StartAsync(delivery => TestActor.Tell(delivery), CancellationToken.None);
        Assert.True(ExpectMsg<Delivery<byte>>().Redelivered);
    }

    private async Task SendAsync(params byte[] numbers)
    {
        foreach (var number in numbers)
        {
            await _sink.PublishAsync(number, null, CancellationToken.None);
        }
    }
}
