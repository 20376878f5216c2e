using Diabetes.Domain;
using Diabetes.Streams;
using Half = Diabetes.Domain.Half;

namespace Diabetes.Nodes.Tests.Simulation;

/// <summary>
/// The node's end of a queue. Acknowledgements travel: a crash or a cut may lose the last of them, and the broker then hands out again what the node has
/// settled. Tags of a connection that was cut are void.
/// </summary>
internal sealed class SimulatedSource(World world, Life life, SimulatedQueue queue, QueueSpec spec, Decoder<Decoded<Half>> decode) : ISource<Decoded<Half>>, ISettlement
{
    private readonly Dictionary<ulong, (Message Message, Decoded<Half> Payload)> _unsettled = [];
    private readonly Queue<ulong> _travelling = new();
    private Action<Delivery<Decoded<Half>>>? _receive;
    private ulong _tag;

    public QueueSpec Queue => spec;

    public int Unsettled => Held.Keys.Count(_unsettled.ContainsKey);

    /// <summary>Of the broker: what it handed out and has not seen settled.</summary>
    public Dictionary<ulong, (Message Message, TimeSpan At)> Held { get; } = [];

    public bool HasRoom => _receive is not null && Held.Count < spec.Prefetch;

    public Task StartAsync(Action<Delivery<Decoded<Half>>> receive, CancellationToken cancellationToken)
    {
        _receive = receive;
        queue.Attach(this);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _receive = null;
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        Arrive(_travelling.Count);
        Leave();
        return default;
    }

    /// <summary>The process is gone, and with it what did not leave it.</summary>
    public void Crash()
    {
        Arrive(world.Random.Next(_travelling.Count + 1));
        Leave();
    }

    public void Cut()
    {
        Arrive(world.Random.Next(_travelling.Count + 1));
        TakeBack();
    }

    public void Receive(Message message, bool redelivered)
    {
        world.Trace?.Add($"{queue.Name} hands out {message}{(redelivered ? " again" : "")}");
        var payload = decode(message.Body);
        Held.Add(++_tag, (message, world.Agenda.Now));
        _unsettled.Add(_tag, (message, payload));
        _receive!(new Delivery<Decoded<Half>>(payload, _tag, redelivered, this));
    }

    public void Ack(ulong tag)
    {
        _unsettled.Remove(tag, out var settled);
        world.Trace?.Add($"{queue.Name} {settled.Message} is settled");
        world.Settlements.Check(settled.Message, settled.Payload);
        _travelling.Enqueue(tag);
        if (_travelling.Count == 1)
        {
            world.Agenda.After(TimeSpan.FromMilliseconds(world.Random.Next(3)), life, ArriveSome);
        }
    }

    public void Nack(ulong tag, NackReason reason) => world.Fail($"{queue.Name}: {_unsettled[tag].Message} was given back: {reason}.");

    private void ArriveSome()
    {
        Arrive(world.Random.Next(_travelling.Count + 1));
        if (_travelling.Count > 0)
        {
            world.Agenda.Do(life, ArriveSome);
        }
    }

    private void Arrive(int count)
    {
        for (; count > 0; count--)
        {
            Held.Remove(_travelling.Dequeue());
        }

        queue.Wake();
    }

    private void Leave()
    {
        _receive = null;
        TakeBack();
        queue.Detach();
    }

    private void TakeBack()
    {
        _travelling.Clear();
        var messages = Held.Values.Select(held => held.Message).ToArray();
        Held.Clear();
        queue.TakeBack(messages);
    }
}
