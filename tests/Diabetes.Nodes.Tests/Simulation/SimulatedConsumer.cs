using Diabetes.Amqp;
using Diabetes.Amqp.Messages;
using Diabetes.Domain.Joining;
using Diabetes.Domain.Wire;

namespace Diabetes.Nodes.Tests.Simulation;

/// <summary>
/// The node's end of a queue. Acknowledgements travel: a crash or a cut may lose the last of them, and the broker then hands out again what
/// the node has settled. A cut makes another channel, and tags of the former are void.
/// </summary>
internal sealed class SimulatedConsumer(World world, Life life, SimulatedQueue queue, int prefetch, IDeliveries deliveries) : AmqpConsumer
{
    private readonly Dictionary<ulong, (Message Message, Decoded<PairHalf> Payload)> _unsettled = [];
    private readonly Queue<ulong> _travelling = new();
    private Channel? _channel;
    private ulong _tag;

    public override int Unsettled => Held.Keys.Count(_unsettled.ContainsKey);

    /// <summary>Of the broker: what it handed out and has not seen settled.</summary>
    public Dictionary<ulong, (Message Message, TimeSpan At)> Held { get; } = [];

    public bool HasRoom => _channel is not null && Held.Count < prefetch;

    public override Task StartAsync()
    {
        world.FailNowAndThen();
        _channel = new Channel(this);
        queue.Attach(this);
        return Task.CompletedTask;
    }

    public override Task StopAsync()
    {
        _channel = null;
        return Task.CompletedTask;
    }

    public override ValueTask DisposeAsync()
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
        _channel = _channel is null ? null : new Channel(this);
        TakeBack();
    }

    public void Receive(Message message, bool redelivered)
    {
        world.Trace?.Add($"{queue.Name} hands out {message}{(redelivered ? " again" : "")}");
        Held.Add(++_tag, (message, world.Agenda.Now));
        _unsettled.Add(_tag, (message, Life.Read(message)));
        deliveries.Take(new IncomingMessage(message.Body, "", queue.Name, new MessageProperties()), _tag, redelivered, _channel!);
    }

    private void Ack(ulong tag)
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
        _channel = null;
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

    private sealed class Channel(SimulatedConsumer consumer) : ISettlement
    {
        public void Ack(ulong tag) => consumer.Ack(tag);

        public void Nack(ulong tag) => consumer.GiveBack(tag);
    }

    private void GiveBack(ulong tag) => world.Fail($"{queue.Name}: {_unsettled[tag].Message} was given back.");
}
