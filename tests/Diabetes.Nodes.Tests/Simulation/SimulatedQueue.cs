namespace Diabetes.Nodes.Tests.Simulation;

/// <summary>
/// Simulates a queue with at most one consumer: delivers messages one at a time, and takes back those that were not acked.
/// </summary>
internal sealed class SimulatedQueue(World world, string name)
{
    private readonly List<(Message Message, bool Redelivered)> _waiting = [];
    private SimulatedConsumer? _consumer;
    private bool _pumping;

    public string Name => name;

    public bool IsEmpty => _waiting.Count == 0 && _consumer?.Held.Count is null or 0;

    /// <summary>The number of deliveries so far, each counted as often as a store counts the message.</summary>
    public int HandedOut { get; private set; }

    /// <summary>The unacked messages, with the time of their delivery.</summary>
    public IEnumerable<(Message Message, TimeSpan At)> Held => _consumer?.Held.Values ?? Enumerable.Empty<(Message, TimeSpan)>();

    public void Publish(Message message)
    {
        world.Trace?.Add($"{name} gets {message}");
        _waiting.Add((message, false));
        Wake();
    }

    public void Attach(SimulatedConsumer consumer)
    {
        _consumer = consumer;
        Wake();
    }

    public void Detach() => _consumer = null;

    /// <summary>Cuts the connection between broker and consumer and restores it.</summary>
    public void Cut() => _consumer?.Cut();

    public void TakeBack(IEnumerable<Message> messages)
    {
        _waiting.InsertRange(0, messages.Select(message => (message, true)));
        if (world.Scenario.TakesBackInOrder)
        {
            _waiting.Sort((left, right) => (left.Message.At, left.Message.Number).CompareTo((right.Message.At, right.Message.Number)));
        }
        else
        {
            var shuffled = _waiting.ToArray();
            world.Random.Shuffle(shuffled);
            _waiting.Clear();
            _waiting.AddRange(shuffled);
        }

        Wake();
    }

    public void Wake()
    {
        if (!_pumping && _waiting.Count > 0 && _consumer is { HasRoom: true })
        {
            _pumping = true;
            world.Agenda.Do(null, Pump);
        }
    }

    private void Pump()
    {
        _pumping = false;
        if (_waiting.Count > 0 && _consumer is { HasRoom: true } consumer)
        {
            var (message, redelivered) = _waiting[0];
            _waiting.RemoveAt(0);
            HandedOut += world.WeightOf(message);
            consumer.Receive(message, redelivered);
        }

        Wake();
    }
}
