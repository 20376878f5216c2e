using Diabetes.Amqp.Tests.Support;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Diabetes.Amqp.Tests.RabbitMq;

/// <summary>
/// Simulates a client connection whose channel never reports its end, as the client does with channels behind a stuck one. By default every
/// request is answered and every message confirmed.
/// </summary>
internal sealed class MuteConnection
{
    private readonly IChannel _channel;
    private AsyncEventHandler<ShutdownEventArgs>? _shutdown;
    private AsyncEventHandler<BasicAckEventArgs>? _acks;
    private ShutdownEventArgs? _reason;
    private ulong _published;
    private int _writing;

    public MuteConnection()
    {
        _channel = Scripted.New<IChannel>(new()
        {
            ["add_BasicAcksAsync"] = args => _acks += (AsyncEventHandler<BasicAckEventArgs>)args[0]!,
            ["QueueDeclarePassiveAsync"] = _ => Look(),
            ["QueueDeclareAsync"] = args => Declare((bool)args[1]!),
            ["BasicConsumeAsync"] = args =>
            {
                Consumer = (IAsyncBasicConsumer)args[^2]!;
                return Subscribe();
            },
            ["BasicAckAsync"] = _ => new ValueTask(Ack()),
            ["BasicPublishAsync"] = args => new ValueTask(WriteAsync((CancellationToken)args[^1]!)),
            ["DisposeAsync"] = _ =>
            {
                IsChannelClosed = true;
                WasClosedWhileWriting |= Volatile.Read(ref _writing) > 0;
                return default(ValueTask);
            },
        });
        Client = Scripted.New<IConnection>(new()
        {
            ["add_ConnectionShutdownAsync"] = args => ListensTooLate ? null : _shutdown += (AsyncEventHandler<ShutdownEventArgs>)args[0]!,
            ["get_CloseReason"] = _ => _reason,
            ["get_IsOpen"] = _ => _reason is null,
            ["CreateChannelAsync"] = _ => Task.FromResult(_channel),
        });
    }

    public IConnection Client { get; }

    public IChannel Channel => _channel;

    /// <summary>The last consumer that subscribed.</summary>
    public IAsyncBasicConsumer? Consumer { get; private set; }

    /// <summary>Loses the connection while the client adds the listener.</summary>
    public bool ListensTooLate { get; init; }

    /// <summary>The answer to a passive declaration of the queue.</summary>
    public Func<Task<QueueDeclareOk>> Look { get; set; } = static () => Task.FromResult(new QueueDeclareOk("queue", 0, 0));

    /// <summary>The answer to a declaration, durable or not.</summary>
    public Func<bool, Task<QueueDeclareOk>> Declare { get; set; } = static _ => Task.FromResult(new QueueDeclareOk("queue", 0, 0));

    /// <summary>The answer to a subscription.</summary>
    public Func<Task<string>> Subscribe { get; set; } = static () => Task.FromResult("tag");

    /// <summary>The result of a write, before its message is confirmed.</summary>
    public Func<CancellationToken, Task> Write { get; set; } = static _ => Task.CompletedTask;

    /// <summary>The result of an ack.</summary>
    public Func<Task> Ack { get; set; } = static () => Task.CompletedTask;

    public bool IsChannelClosed { get; private set; }

    public bool WasClosedWhileWriting { get; private set; }

    /// <summary>Ends the connection, and tells only the listeners of the connection itself.</summary>
    public void Lose() => Lose(new ShutdownEventArgs(ShutdownInitiator.Library, 0, "pulled"));

    public void Lose(ShutdownEventArgs reason)
    {
        _reason = reason;
        _shutdown?.Invoke(Client, _reason);
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _writing);
        try
        {
            await Write(cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _writing);
        }

        if (_reason is null)
        {
            await _acks!(_channel, new BasicAckEventArgs(++_published, false, CancellationToken.None));
        }
    }
}
