using System.Collections.Concurrent;
using System.Text;
using Diabetes.Amqp;
using Diabetes.Amqp.Messages;

namespace Diabetes.Nodes.Tests.Support.Recording;

/// <summary>A consumer that hands out what the test gives it and keeps what becomes of it.</summary>
internal sealed class RecordedConsumer(string queue) : AmqpConsumer, ISettlement
{
    private readonly Queue<string> _early = new();
    private IDeliveries? _deliveries;
    private AmqpRefusedException? _refusal;
    private ulong _tag;

    public ConcurrentQueue<ulong> Acked { get; } = new();

    public ConcurrentQueue<ulong> Nacked { get; } = new();

    public bool IsStopped { get; private set; }

    public bool IsDisposed { get; private set; }

    public override int Unsettled => (int)_tag - Acked.Count - Nacked.Count;

    public void Open(IDeliveries deliveries, AmqpRefusedException? refusal) => (_deliveries, _refusal) = (deliveries, refusal);

    /// <summary>Hands messages out, or has them wait in the queue until somebody consumes it. The first has the tag 1.</summary>
    public void Deliver(params string[] messages)
    {
        foreach (var message in messages)
        {
            if (_deliveries is null)
            {
                _early.Enqueue(message);
            }
            else
            {
                Take(message);
            }
        }
    }

    public override Task StartAsync()
    {
        while (_early.TryDequeue(out var message))
        {
            Take(message);
        }

        return _refusal is null ? Task.CompletedTask : Task.FromException(_refusal);
    }

    public override Task StopAsync()
    {
        IsStopped = true;
        return Task.CompletedTask;
    }

    public override ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return default;
    }

    void ISettlement.Ack(ulong tag) => Acked.Enqueue(tag);

    void ISettlement.Nack(ulong tag) => Nacked.Enqueue(tag);

    private void Take(string message) => _deliveries!.Take(
        new IncomingMessage(Encoding.UTF8.GetBytes(message), "", queue, new MessageProperties()),
        ++_tag,
        redelivered: false,
        this);
}
