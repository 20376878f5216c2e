using System.Text;

namespace Diabetes.Amqp.Tests.Support;

/// <summary>Simulates a connection with one consumer and one publisher that do only what the test says.</summary>
internal sealed class ScriptedConnection : AmqpConnection
{
    public ScriptedConsumer Consumer { get; } = new();

    public ScriptedPublisher Publisher { get; } = new();

    public override AmqpConnectionState State => AmqpConnectionState.Connected;

    public override RestartSettings Reconnect { get; } = RestartSettings.Create(
        TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), randomFactor: 0);

    public override AmqpConsumer Consume(NamedQueueSourceSettings settings, IDeliveries deliveries)
    {
        Consumer.Made.SetResult(deliveries);
        return Consumer;
    }

    public override AmqpPublisher Publish(AmqpSinkSettings settings, IConfirms confirms)
    {
        Publisher.Confirms = confirms;
        return Publisher;
    }

    public override ValueTask<QueueDepth?> InspectAsync(string queue, CancellationToken cancellationToken) => new((QueueDepth?)null);

    public override ValueTask DisposeAsync() => default;
}

/// <summary>Starts, stops and closes at once, or when the test allows it.</summary>
internal sealed class ScriptedConsumer : AmqpConsumer
{
    public TaskCompletionSource<IDeliveries> Made { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Gathered<string> Calls { get; } = new();

    public Task Start { get; set; } = Task.CompletedTask;

    public Task Stop { get; set; } = Task.CompletedTask;

    public Task Leave { get; set; } = Task.CompletedTask;

    public override int Unsettled => 0;

    public override Task StartAsync() => Call("start", Start);

    public override Task StopAsync() => Call("stop", Stop);

    public override ValueTask DisposeAsync() => new(Call("leave", Leave));

    /// <summary>Delivers messages with these tags over a channel.</summary>
    public async Task DeliverAsync(ISettlement channel, int first, int count)
    {
        var deliveries = await Made.Task.WaitAsync(TimeSpan.FromSeconds(120));
        for (var tag = first; tag < first + count; tag++)
        {
            deliveries.Take(new IncomingMessage(
                Encoding.UTF8.GetBytes($"{tag}"), "", "queue", new MessageProperties()), (ulong)tag, redelivered: false, channel);
        }
    }

    private Task Call(string name, Task task)
    {
        Calls.Add(name);
        return task;
    }
}

/// <summary>Records messages, and confirms those that the test names.</summary>
internal sealed class ScriptedPublisher : AmqpPublisher
{
    public IConfirms Confirms { get; set; } = null!;

    public Gathered<(long Number, string Body)> Accepted { get; } = new();

    public bool HasRoom { get; set; } = true;

    public bool ConfirmsAtOnce { get; set; }

    public TaskCompletionSource Left { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override int Outstanding => 0;

    public override bool TryAccept(OutgoingMessage message, long number)
    {
        if (HasRoom)
        {
            Accepted.Add((number, Encoding.UTF8.GetString(message.WrittenBody)));
            if (ConfirmsAtOnce)
            {
                Confirms.Confirmed([number]);
            }
        }

        return HasRoom;
    }

    public override void Send()
    {
    }

    public override ValueTask DisposeAsync()
    {
        Left.TrySetResult();
        return default;
    }

    /// <summary>Confirms messages by the order in which they were accepted.</summary>
    public void Confirm(params int[] accepted) => Confirms.Confirmed(accepted.Select(place => Accepted.All[place].Number).ToArray());
}

/// <summary>Ignores all acks and nacks.</summary>
internal sealed class ScriptedChannel : ISettlement
{
    public Gathered<ulong> Acked { get; } = new();

    public void Ack(ulong tag) => Acked.Add(tag);

    public void Nack(ulong tag)
    {
    }
}
