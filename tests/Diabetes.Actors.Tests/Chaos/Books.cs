using System.Collections.Concurrent;

namespace Diabetes.Actors.Tests;

/// <summary>What the chaos is held to afterwards.</summary>
internal sealed class Books
{
    private readonly List<IActorRef> _actors = [];
    private int _made;
    private int _laidToRest;

    /// <summary>How often each order was handled or became a dead letter.</summary>
    public ConcurrentDictionary<int, int> Fates { get; } = new();

    public int InstancesMade => Volatile.Read(ref _made);

    public int InstancesLaidToRest => Volatile.Read(ref _laidToRest);

    /// <summary>Every actor that there has been.</summary>
    public int ActorCount
    {
        get
        {
            lock (_actors)
            {
                return _actors.Count;
            }
        }
    }

    public IActorRef Actor(int index)
    {
        lock (_actors)
        {
            return _actors[index];
        }
    }

    public void Register(IActorRef actor)
    {
        lock (_actors)
        {
            _actors.Add(actor);
        }
    }

    public void Note(Order order) => Fates.AddOrUpdate(order.Number, 1, (_, times) => times + 1);

    public void InstanceMade() => Interlocked.Increment(ref _made);

    public void InstanceLaidToRest() => Interlocked.Increment(ref _laidToRest);
}
