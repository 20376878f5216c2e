using Akka.Streams.TestKit;
using Diabetes.Amqp.Tests.Support;

namespace Diabetes.Amqp.Tests.Stages;

/// <summary>Tests the flow with a publisher that confirms when the test says.</summary>
public sealed class AmqpFlowStageTests : AmqpTest
{
    private readonly ScriptedConnection _scripted = new();

    protected override AmqpConnection Connection => _scripted;

    private ScriptedPublisher Publisher => _scripted.Publisher;

    [Fact]
    public async Task WithConfirm_ConfirmsOutOfOrder_LetsPassInTheOrderOfTheMessages()
    {
        var (source, sink) = Run(ordered: true, window: 10);
        sink.Request(10);
        source.SendNext(Messages(0, 1, 2, 3, 4));
        await Publisher.Accepted.WaitForAsync(5);

        Publisher.Confirm(3, 1);
        Publisher.Confirm(0);
        Assert.Equal([0, 1], Next(sink));
        Publisher.Confirm(2);
        Assert.Equal([2, 3], Next(sink));
        source.SendComplete();
        Publisher.Confirm(4);

        Assert.Equal([4], Next(sink));
        sink.ExpectComplete();
    }

    [Fact]
    public async Task WithConfirmUnordered_ConfirmsOutOfOrder_LetsPassInTheirOrder()
    {
        var (source, sink) = Run(ordered: false, window: 10);
        sink.Request(10);
        source.SendNext(Messages(0, 1, 2));
        await Publisher.Accepted.WaitForAsync(3);

        Publisher.Confirm(2);
        Assert.Equal([2], Next(sink));
        Publisher.Confirm(0, 1);
        Assert.Equal([0, 1], Next(sink));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Flow_NothingToPublish_WaitsForTheMessagesBeforeItWhereOrderIsKept(bool ordered)
    {
        var (source, sink) = Run(ordered, window: 10);
        sink.Request(10);
        source.SendNext([Message(0), Publication.None<string, int>(1), Message(2)]);
        await Publisher.Accepted.WaitForAsync(2);
        if (!ordered)
        {
            Assert.Equal([1], Next(sink));
        }

        Publisher.Confirm(1);
        if (!ordered)
        {
            Assert.Equal([2], Next(sink));
        }

        Publisher.Confirm(0);
        Assert.Equal(ordered ? [0, 1, 2] : [0], Next(sink));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Flow_MoreThanTheWindowWithNothingToPublish_PassesAndCompletes(bool ordered)
    {
        var (source, sink) = Run(ordered, window: 2);
        sink.Request(10);
        source.SendNext([.. Enumerable.Range(0, 7).Select(Publication.None<string, int>)]);
        source.SendNext([]);
        source.SendComplete();

        Assert.Equal(Enumerable.Range(0, 7), Next(sink));
        sink.ExpectComplete();
    }

    [Fact]
    public async Task Flow_WindowFull_TakesNoMoreUntilOneIsConfirmed()
    {
        var (source, sink) = Run(ordered: true, window: 2);
        sink.Request(10);
        source.SendNext(Messages(0, 1, 2, 3));
        source.SendComplete();
        await Publisher.Accepted.WaitForAsync(2);

        // Confirm the newest first: the ring stays full while the oldest is unconfirmed.
        Publisher.Confirm(1);
        Publisher.Confirm(0);
        Assert.Equal([0, 1], Next(sink));
        await Publisher.Accepted.WaitForAsync(4);
        Publisher.Confirm(2, 3);

        Assert.Equal([2, 3], Next(sink));
        sink.ExpectComplete();
        Assert.Equal(Numbers(0, 4), Publisher.Accepted.All.Select(static message => message.Body));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Flow_NobodyTakesWhatPasses_PullsNoMore(bool ordered)
    {
        Publisher.ConfirmsAtOnce = true;
        var (source, sink) = Run(ordered, window: 4);
        for (var i = 0; i < 12; i++)
        {
            source.SendNext(Messages(i));
        }

        source.SendComplete();

        // The stage has seen all twelve before it sees the demand.
        Assert.Equal([0, 1, 2, 3], sink.RequestNext().ToArray());
        sink.Request(20);
        var rest = new List<int>();
        while (rest.Count < 8)
        {
            rest.AddRange(Next(sink));
        }

        Assert.Equal(Enumerable.Range(4, 8), rest);
        sink.ExpectComplete();
    }

    [Fact]
    public async Task Flow_PublisherHasNoRoom_TriesAgainWhenItHasAndEncodesOnce()
    {
        var encoded = new Gathered<string>();
        Publisher.HasRoom = false;
        var (source, sink) = Run(ordered: true, window: 10, (message, outgoing) =>
        {
            encoded.Add(message);
            Encode(message, outgoing);
        });
        sink.Request(10);
        source.SendNext(Messages(0, 1));
        source.SendComplete();
        await encoded.WaitForAsync(1);
        Publisher.Confirms.Room();

        Publisher.HasRoom = true;
        Publisher.Confirms.Room();
        await Publisher.Accepted.WaitForAsync(2);
        Publisher.Confirm(0, 1);

        Assert.Equal([0, 1], Next(sink));
        sink.ExpectComplete();
        Assert.Equal(["0", "1"], encoded.All);
    }

    [Fact]
    public async Task Flow_UpstreamFinishesAmidABatch_PublishesTheRestAndCompletesWithTheLastConfirm()
    {
        var (source, sink) = Run(ordered: true, window: 1);
        sink.Request(10);
        source.SendNext(Messages(0, 1, 2));
        source.SendComplete();
        for (var i = 0; i < 3; i++)
        {
            await Publisher.Accepted.WaitForAsync(i + 1);
            Assert.False(Publisher.Left.Task.IsCompleted);
            Publisher.Confirm(i);
            Assert.Equal([i], Next(sink));
        }

        sink.ExpectComplete();
        await Publisher.Left.Task.WaitAsync(SafetyNet);
    }

    [Fact]
    public async Task Flow_UpstreamFails_FailsAtOnceAndThePublisherLeaves()
    {
        var (source, sink) = Run(ordered: true, window: 10);
        sink.Request(10);
        source.SendNext(Messages(0));
        await Publisher.Accepted.WaitForAsync(1);

        source.SendError(new InvalidOperationException("upstream"));

        Assert.IsType<InvalidOperationException>(sink.ExpectError());
        await Publisher.Left.Task.WaitAsync(SafetyNet);
        Publisher.Confirm(0);
    }

    [Fact]
    public async Task Flow_DownstreamCancels_CancelsAndThePublisherLeaves()
    {
        var (source, sink) = Run(ordered: true, window: 10);
        sink.Request(10);
        source.SendNext(Messages(0));
        await Publisher.Accepted.WaitForAsync(1);

        sink.Cancel();

        source.ExpectCancellation();
        await Publisher.Left.Task.WaitAsync(SafetyNet);
        Publisher.Confirm(0);
        Publisher.Confirms.Room();
    }

    [Fact]
    public async Task Flow_Refused_Fails()
    {
        var (source, sink) = Run(ordered: true, window: 10);
        sink.Request(1);
        source.SendNext(Messages(0));
        await Publisher.Accepted.WaitForAsync(1);

        Publisher.Confirms.Refused(new AmqpRefusedException("no"));

        Assert.IsType<AmqpRefusedException>(sink.ExpectError());
        source.ExpectCancellation();
    }

    /// <summary>Races the publisher's thread against the stage's: the stream never stops and no message is lost.</summary>
    [Theory]
    [InlineData(true, 1)]
    [InlineData(true, 2)]
    [InlineData(true, 7)]
    [InlineData(false, 1)]
    [InlineData(false, 2)]
    [InlineData(false, 7)]
    public async Task Flow_ConfirmsOnOtherThreads_AllPassOnce(bool ordered, int window)
    {
        const int Messages = 20_000;
        for (var seed = 0; seed < 5; seed++)
        {
            var random = new Random(seed);
            var settings = AmqpSinkSettings.Create(new BusyConnection(seed, Math.Max(1, window - (seed % 2)))).WithWindow(window);
            var passed = await Source.From(Enumerable.Range(0, Messages))
                .Select(i => random.Next(4) == 0 ? Publication.None<string, int>(i) : Message(i))
                .Grouped(1 + random.Next(20))
                .Select(static some => some.ToImmutableArray())
                .Via(Flow(settings, ordered, Encode))
                .RunAggregate(new List<int>(), static (all, some) =>
                {
                    all.AddRange(some);
                    return all;
                }, Streams)
                .WaitAsync(SafetyNet);

            Assert.Equal(Enumerable.Range(0, Messages), ordered ? passed : passed.Order());
        }
    }

    private static int[] Next(TestSubscriber.Probe<ImmutableArray<int>> sink) => [.. sink.ExpectNext()];

    private static Publication<string, int> Message(int i) => new($"{i}", i);

    private static ImmutableArray<Publication<string, int>> Messages(params int[] numbers) => [.. numbers.Select(Message)];

    private static Flow<ImmutableArray<Publication<string, int>>, ImmutableArray<int>, NotUsed> Flow(
        AmqpSinkSettings settings, bool ordered, Encoder<string> encode) =>
        ordered ? AmqpFlow.WithConfirm<string, int>(settings, encode) : AmqpFlow.WithConfirmUnordered<string, int>(settings, encode);

    private (TestPublisher.Probe<ImmutableArray<Publication<string, int>>> Source, TestSubscriber.Probe<ImmutableArray<int>> Sink) Run(
        bool ordered, int window, Encoder<string>? encode = null) =>
        this.SourceProbe<ImmutableArray<Publication<string, int>>>()
            .Via(Flow(AmqpSinkSettings.Create(_scripted).WithWindow(window), ordered, encode ?? Encode))
            .ToMaterialized(this.SinkProbe<ImmutableArray<int>>(), Keep.Both)
            .Run(Streams);
}
