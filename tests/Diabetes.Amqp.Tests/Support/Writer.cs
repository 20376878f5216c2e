namespace Diabetes.Amqp.Tests.Support;

/// <summary>Publishes the messages that a test gives it, through one stream.</summary>
internal sealed class Writer
{
    private readonly ISourceQueueWithComplete<ImmutableArray<Publication<string, string>>> _queue;

    public Writer(AmqpSinkSettings settings, IMaterializer streams, Encoder<string>? encode = null) =>
        (_queue, Completion) = Source.Queue<ImmutableArray<Publication<string, string>>>(1, OverflowStrategy.Backpressure)
            .Via(AmqpFlow.WithConfirmUnordered<string, string>(settings, encode ?? AmqpTest.Encode))
            .ToMaterialized(Sink.ForEach<ImmutableArray<string>>(Receive), Keep.Both)
            .Run(streams);

    /// <summary>The confirmed messages in the order of their confirms.</summary>
    public Gathered<string> Confirmed { get; } = new();

    public Task<Done> Completion { get; }

    /// <summary>Completes when the stream has accepted all messages, which is before they are confirmed.</summary>
    public async Task WriteAsync(IEnumerable<string> messages)
    {
        foreach (var batch in messages.Chunk(100))
        {
            await _queue.OfferAsync([.. batch.Select(message => new Publication<string, string>(message, message))]);
        }
    }

    /// <summary>Completes when all messages are confirmed, and ends the stream.</summary>
    public Task CompleteAsync()
    {
        _queue.Complete();
        return Completion.WaitAsync(TimeSpan.FromSeconds(120));
    }

    private void Receive(ImmutableArray<string> batch)
    {
        foreach (var message in batch)
        {
            Confirmed.Add(message);
        }
    }
}
